#include "celldrift/audit/try_rules.hpp"

#include "audit/rules/stages.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::audit {
namespace {

bool is_of_rules(const Finding& finding) {
  return finding.category == Category::rules || finding.rule == "skew/wave";
}

// As it was before a rule had a say.
Finding without_ruling(Finding finding) {
  if (!finding.ruling) {
    return finding;
  }
  finding.severity = finding.ruling->was;
  if (!finding.ruling->says.empty() && finding.reason.ends_with(finding.ruling->says)) {
    finding.reason.resize(finding.reason.size() - finding.ruling->says.size());
    if (finding.reason.ends_with("; ")) {
      finding.reason.resize(finding.reason.size() - 2);
    }
  }
  // Which rule found it is what must-differ findings are about.
  if (finding.category != Category::isolation) {
    finding.ruling = std::nullopt;
  }
  return finding;
}

std::vector<Finding> findings_before(const Report& report) {
  std::vector<Finding> findings;
  for (const std::vector<Finding>* list : {&report.findings, &report.waived}) {
    for (const Finding& finding : *list) {
      if (!is_of_rules(finding)) {
        findings.push_back(without_ruling(finding));
      }
    }
  }
  return findings;
}

template <class RuleList>
void add_unmatched(const RuleList& rules,
                   const std::set<std::string>& matched,
                   std::vector<std::string>& names) {
  for (const auto& rule : rules) {
    if (rule.pack.empty() && !matched.contains(rule.name)) {
      names.push_back(rule.name);
    }
  }
}

}  // namespace

TriedRules try_rules(const Report& report, const Rules& rules, Time now) {
  const LabelsOfCells cells = labels_of_cells(report.cells);
  Ruled ruled = apply_rules(findings_before(report),
                            {.rules = rules,
                             .applications = {},
                             .cells = report.cells,
                             .problems = report.problems,
                             .now = now});
  TriedRules tried;
  std::set<std::string> matched;
  const auto add = [&](std::vector<Finding>& findings, bool is_hidden) {
    for (Finding& finding : findings) {
      std::vector<std::string> names = matching_rules(rules, finding, cells);
      matched.insert(names.begin(), names.end());
      tried.findings.push_back(
          {.finding = std::move(finding), .rules = std::move(names), .is_hidden = is_hidden});
    }
  };
  add(ruled.findings, false);
  add(ruled.waived, true);
  add_unmatched(rules.rules, matched, tried.unmatched);
  add_unmatched(rules.waivers, matched, tried.unmatched);
  add_unmatched(rules.budgets, matched, tried.unmatched);
  return tried;
}

}  // namespace celldrift::audit
