#include "celldrift/core/parallel.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "cli/read_context.hpp"
#include "cli/results.hpp"
#include "cli/table.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>

namespace celldrift::cli {
namespace {

// A cell and what it answered.
struct Answer {
  const fleet::Cell* cell;
  observe::Observation observation;
  std::optional<std::chrono::seconds> age;  // of a snapshot
};

Value text_map(const std::map<std::string, std::string>& texts) {
  Value::Map entries;
  for (const auto& [key, text] : texts) {
    entries.push_back({key, Value::string(text)});
  }
  return Value::map(std::move(entries));
}

Value as_value(const Answer& answer) {
  const observe::Observation& seen = answer.observation;
  return Value::map(
      {{"name", Value::string(answer.cell->name)},
       {"server", Value::string(answer.cell->server)},
       {"from", Value::string(answer.cell->origin)},
       {"labels", text_map(answer.cell->labels)},
       {"reachable", Value::boolean(seen.reachable)},
       {"kubernetesVersion", Value::string(seen.kubernetes_version)},
       {"reason", Value::string(seen.reason)},
       {"snapshotTime", answer.age ? Value::string(format_time(seen.time)) : Value()},
       {"snapshotAgeSeconds",
        answer.age ? Value::integer(std::max<std::int64_t>(answer.age->count(), 0)) : Value()}});
}

std::string label_text(const std::map<std::string, std::string>& labels) {
  std::string text;
  for (const auto& [key, value] : labels) {
    text += (text.empty() ? "" : ",") + key + "=" + value;
  }
  return text;
}

std::string as_table(const std::vector<Answer>& answers) {
  std::vector<std::vector<std::string>> rows = {
      {"CELL", "KUBERNETES", "AGE", "SERVER", "FROM", "LABELS"}};
  for (const Answer& answer : answers) {
    const observe::Observation& seen = answer.observation;
    rows.push_back({answer.cell->name,
                    seen.reachable ? seen.kubernetes_version : "unreachable",
                    answer.age       ? describe_age(*answer.age)
                    : seen.reachable ? "live"
                                     : "",
                    answer.cell->server,
                    answer.cell->origin,
                    label_text(answer.cell->labels)});
  }
  return table(rows);
}

std::string format_cells(const std::vector<Answer>& answers, const std::string& format) {
  if (format == "table") {
    return as_table(answers);
  }
  if (format == "name") {
    std::string text;
    for (const Answer& answer : answers) {
      text += printable(answer.cell->name) + "\n";
    }
    return text;
  }
  Value::List list;
  std::ranges::transform(answers, std::back_inserter(list), as_value);
  return format == "json" ? yaml::emit_json(Value::list(std::move(list)), 2) + "\n"
                          : yaml::emit(Value::list(std::move(list)));
}

}  // namespace

int cells(const Options& flags) {
  const Setup setup = set_up(flags);
  const Options& options = setup.options;
  const ResolvedFleet fleet = resolve_fleet(setup);
  kube::Client client(client_options());
  const ReadContext context = read_context(options, client, sensitive_rules(setup));
  std::vector<Answer> answers(fleet.fleet.cells().size());
  std::vector<std::vector<Problem>> told(answers.size());
  for_each_index(answers.size(), options.concurrency, [&](std::size_t i) {
    const fleet::Cell& cell = fleet.fleet.cells()[i];
    CellReader reader(cell, context);
    reader.reach();
    CellState state = reader.read({});
    answers[i] = {.cell = &cell, .observation = std::move(state.observation), .age = state.age};
    told[i] = std::move(state.problems);
  });

  std::vector<Problem> problems = fleet.problems;
  for (std::vector<Problem>& each : told) {
    std::ranges::move(each, std::back_inserter(problems));
  }
  for (const Answer& answer : answers) {
    if (!answer.observation.reachable) {
      problems.push_back({.stage = Stage::observe,
                          .cell = answer.cell->name,
                          .message = answer.observation.reason});
    }
  }
  write_outputs(options, [&](const std::string& format, Destination) {
    return format_cells(answers, format);
  });
  return exit_code(say_problems(problems, options), options);
}

}  // namespace celldrift::cli
