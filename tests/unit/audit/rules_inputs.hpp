// Rules from YAML, and findings to apply them to.
#pragma once

#include "celldrift/audit/rules.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "unit/audit/inputs.hpp"

namespace celldrift::audit {

inline Rules rules(std::string_view text) {
  const SourceId source = intern_source({.path = "rules.yaml", .blob = "", .commit = ""});
  return read_rules(yaml::parse(text, {.source = source}).value);
}

// What judge() comes to with these rules.
inline Report judged(Input input,
                     std::string_view text,
                     std::string_view now = "2026-11-26T12:00:00Z") {
  input.rules = std::make_shared<const Rules>(rules(text));
  input.now = *parse_time(now);
  return judge(std::move(input));
}

// "error drift/modified cell-b spec.replicas; …", in the order of the report.
inline std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text +=
        (text.empty() ? "" : "; ") + std::string(describe(finding.severity)) + " " + finding.rule;
    for (const std::string& cell : finding.cells) {
      text += " " + cell;
    }
    text += finding.path_text.empty() ? "" : " " + finding.path_text;
  }
  return text;
}

}  // namespace celldrift::audit
