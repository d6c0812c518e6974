// `celldrift rules`: lists, explains and checks rules; try_rules.cpp tries them out.
#include "celldrift/cli/run.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/commands.hpp"
#include "cli/results.hpp"
#include "cli/rules_in_force.hpp"
#include "cli/rules_words.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "cli/try_rules.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

constexpr std::size_t side_by_side_width = 140;  // with less, few words would be left on a line

std::string place_of(const RuleLine& line) {
  return describe(line.text.mark());
}

Value as_value(const RuleLine& line) {
  return Value::map({{"name", Value::string(line.name)},
                     {"sort", Value::string(line.sort)},
                     {"pack", line.pack.empty() ? Value() : Value::string(line.pack)},
                     {"source", Value::string(place_of(line))},
                     {"rule", line.text}});
}

Value as_value(const std::vector<RuleLine>& lines) {
  Value::List items;
  std::ranges::transform(
      lines, std::back_inserter(items), [](const RuleLine& line) { return as_value(line); });
  return Value::map({{"schema", Value::string("celldrift.rules-list/v1")},
                     {"rules", Value::list(std::move(items))}});
}

// The packs, and which are in force.
std::string packs_text(const std::vector<RuleLine>& lines) {
  std::vector<std::vector<std::string>> rows = {{"PACK", "", "ABOUT"}};
  for (const audit::Pack& pack : audit::packs()) {
    const bool is_on = std::ranges::find(lines, pack.name, &RuleLine::pack) != lines.end();
    rows.push_back({std::string(pack.name), is_on ? "on" : "off", pack.about});
  }
  return wrapped_table(rows, text_width(), 2);
}

std::string indented(const std::string& text) {
  std::string result;
  for (const std::string_view line : split(trim(text), '\n')) {
    result += "  " + std::string(line) + "\n";
  }
  return result;
}

// One below the other.
std::string as_blocks(const std::vector<RuleLine>& lines, std::size_t width) {
  std::string text;
  for (const RuleLine& line : lines) {
    text += printable(line.name) + "\n" +
            indented(wrapped_table({{"sort", std::string(line.sort)},
                                    {"does", line.does},
                                    {"matches", line.matches},
                                    {"from", place_of(line)}},
                                   width - 2,
                                   1));
  }
  return text;
}

std::string as_text(const std::vector<RuleLine>& lines) {
  std::vector<std::vector<std::string>> rows = {{"NAME", "SORT", "MATCHES", "DOES", "FROM"}};
  for (const RuleLine& line : lines) {
    rows.push_back({line.name, std::string(line.sort), line.matches, line.does, place_of(line)});
  }
  const bool has_room = text_width() >= side_by_side_width;
  return (has_room ? wrapped_table(rows, text_width(), 2) : as_blocks(lines, text_width())) + "\n" +
         packs_text(lines);
}

std::string names_text(const std::vector<RuleLine>& lines) {
  std::string text;
  for (const RuleLine& line : lines) {
    text += line.name + "\n";
  }
  return text;
}

int list(const Options& options, const std::vector<RuleLine>& lines) {
  write_outputs(options, [&](const std::string& format, Destination) {
    return format == "text"   ? as_text(lines)
           : format == "name" ? names_text(lines)
                              : as_yaml_or_json(as_value(lines), format);
  });
  return exit_clean;
}

// Those of packs that are off can be explained too.
std::vector<RuleLine> all_lines(std::vector<RuleLine> in_force) {
  Value all = Value::map({});
  for (const audit::Pack& pack : audit::packs()) {
    all = all.with(pack.name, Value::boolean(true));
  }
  for (RuleLine& line : rule_lines(audit::pack_rules(all))) {
    if (std::ranges::find(in_force, line.name, &RuleLine::name) == in_force.end()) {
      line.pack += " (off)";
      in_force.push_back(std::move(line));
    }
  }
  return in_force;
}

std::string explained(const RuleLine& line) {
  std::vector<std::vector<std::string>> rows = {{"NAME", line.name},
                                                {"SORT", std::string(line.sort)},
                                                {"MATCHES", line.matches},
                                                {"DOES", line.does},
                                                {"WHY", line.why},
                                                {"PACK", line.pack},
                                                {"FROM", place_of(line)}};
  std::erase_if(rows, [](const std::vector<std::string>& row) { return row.back().empty(); });
  return wrapped_table(rows, text_width(), 1) + "\n" + yaml::emit(line.text);
}

int explain(const Options& options,
            const RulesOptions& what,
            const std::vector<RuleLine>& in_force) {
  const std::vector<RuleLine> lines = all_lines(in_force);
  const auto line = std::ranges::find(lines, what.name, &RuleLine::name);
  if (line == lines.end()) {
    std::vector<std::string> names;
    std::ranges::transform(lines, std::back_inserter(names), &RuleLine::name);
    throw Error(ErrorCode::usage,
                "there is no rule " + what.name + "; there are " + join(names, ", "));
  }
  write_outputs(options, [&](const std::string& format, Destination) {
    return format == "text"   ? explained(*line)
           : format == "name" ? line->name + "\n"
                              : as_yaml_or_json(as_value(*line), format);
  });
  return exit_clean;
}

std::string counted(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string contents(const audit::Rules& rules) {
  return counted(rules.rules.size(), "rule") + ", " + counted(rules.waivers.size(), "waiver") +
         ", " + counted(rules.budgets.size(), "budget") + ", " +
         counted(rules.waves.size(), "wave");
}

// All files are read, so that one mistake does not hide the next.
int check_files(const std::vector<std::string>& files) {
  int code = exit_clean;
  std::string text;
  for (const std::string& file : files) {
    try {
      text += printable(file) + ": " + contents(read_rules_file(file)) + "\n";
    } catch (const Error& error) {
      say(error.what());
      code = exit_usage;
    }
  }
  write_stdout(text);
  return code;
}

}  // namespace

int rules(const Options& options, const RulesOptions& what) {
  using What = RulesOptions::What;
  if (what.what == What::check && !what.files.empty()) {
    return check_files(what.files);
  }
  const Setup setup = set_up(options);
  const audit::Rules in_force = rules_in_force(setup);
  if (what.what == What::test) {
    return test_rules(setup.options, what.report, in_force);
  }
  if (what.what == What::check) {
    write_stdout("in force: " + contents(in_force) + "\n");
    return exit_clean;
  }
  const std::vector<RuleLine> lines = rule_lines(in_force);
  return what.what == What::explain ? explain(setup.options, what, lines)
                                    : list(setup.options, lines);
}

}  // namespace celldrift::cli
