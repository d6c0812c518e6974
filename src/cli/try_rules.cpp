#include "cli/try_rules.hpp"

#include "celldrift/audit/try_rules.hpp"
#include "celldrift/cli/run.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/report/read.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/flags.hpp"
#include "cli/results.hpp"

#include <algorithm>
#include <map>

namespace celldrift::cli {
namespace {

using audit::Finding;
using audit::Severity;
using audit::TriedFinding;
using audit::TriedRules;

constexpr std::size_t max_bytes = 256u << 20;

audit::Report read_report(const std::string& path) {
  const std::string text = read_file(path == "-" ? "/dev/stdin" : path, max_bytes);
  try {
    return report::read_json(yaml::parse_json(text).value);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, path + ": " + error.message());
  }
}

// "error", "note, was warning", "hidden, was error".
std::string severity_text(const TriedFinding& tried) {
  const Finding& finding = tried.finding;
  const std::string now =
      tried.is_hidden ? "hidden" : std::string(audit::describe(finding.severity));
  const bool is_changed =
      finding.ruling && (tried.is_hidden || finding.ruling->was != finding.severity);
  return is_changed ? now + ", was " + std::string(audit::describe(finding.ruling->was)) : now;
}

std::string line_of(const TriedFinding& tried) {
  const Finding& finding = tried.finding;
  return "  " + severity_text(tried) + ": " + printable(finding.message) +
         (finding.fingerprint.empty() ? "" : " [" + finding.fingerprint.substr(0, 8) + "]") + "\n";
}

using ByRule = std::map<std::string, std::vector<const TriedFinding*>>;

ByRule by_rule(const TriedRules& tried) {
  ByRule rules;
  for (const TriedFinding& finding : tried.findings) {
    for (const std::string& rule : finding.rules) {
      rules[rule].push_back(&finding);
    }
  }
  return rules;
}

std::size_t count(const TriedRules& tried, Severity severity) {
  return std::size_t(std::ranges::count_if(tried.findings, [&](const TriedFinding& each) {
    return !each.is_hidden && each.finding.severity == severity;
  }));
}

std::string counted(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string left(const TriedRules& tried) {
  const std::size_t hidden =
      std::size_t(std::ranges::count(tried.findings, true, &TriedFinding::is_hidden));
  return counted(count(tried, Severity::error), "error") + ", " +
         counted(count(tried, Severity::warning), "warning") + ", " +
         counted(count(tried, Severity::note), "note") + "; " + std::to_string(hidden) +
         " hidden\n";
}

std::string as_text(const TriedRules& tried) {
  std::string text;
  for (const auto& [rule, findings] : by_rule(tried)) {
    text += rule + " matches " + std::to_string(findings.size()) + ":\n";
    for (const TriedFinding* finding : findings) {
      text += line_of(*finding);
    }
  }
  std::string others;
  for (const TriedFinding& finding : tried.findings) {
    others += finding.rules.empty() ? line_of(finding) : "";
  }
  text += others.empty() ? "" : "matched by no rule:\n" + others;
  if (!tried.unmatched.empty()) {
    text += "rules that match nothing: " + join(tried.unmatched, ", ") + "\n";
  }
  return text + "left: " + left(tried);
}

Value names(const std::vector<std::string>& texts) {
  Value::List items;
  for (const std::string& text : texts) {
    items.push_back(Value::string(text));
  }
  return Value::list(std::move(items));
}

Value as_value(const TriedFinding& tried) {
  const Finding& finding = tried.finding;
  return Value::map({{"fingerprint", Value::string(finding.fingerprint)},
                     {"rule", Value::string(finding.rule)},
                     {"severity", Value::string(audit::describe(finding.severity))},
                     {"was", Value::string(audit::describe(audit::severity_before_rules(finding)))},
                     {"hidden", Value::boolean(tried.is_hidden)},
                     {"matchedBy", names(tried.rules)},
                     {"message", Value::string(finding.message)}});
}

Value as_value(const TriedRules& tried) {
  Value::List findings;
  for (const TriedFinding& finding : tried.findings) {
    findings.push_back(as_value(finding));
  }
  return Value::map({{"schema", Value::string("celldrift.rules-test/v1")},
                     {"findings", Value::list(std::move(findings))},
                     {"unmatched", names(tried.unmatched)}});
}

}  // namespace

int test_rules(const Options& options, const std::string& path, const audit::Rules& rules) {
  const audit::Report report = read_report(path);
  const TriedRules tried = audit::try_rules(report, rules, options.now);
  write_outputs(options, [&](const std::string& format, Destination) {
    return format == "text" || format == "name" ? as_text(tried)
                                                : as_yaml_or_json(as_value(tried), format);
  });
  const auto fail_on = fail_on_severity(options.fail_on);
  const bool fails = fail_on && std::ranges::any_of(tried.findings, [&](const TriedFinding& each) {
                       return !each.is_hidden && each.finding.severity >= *fail_on;
                     });
  return fails ? exit_findings : exit_code(!report.complete, options);
}

}  // namespace celldrift::cli
