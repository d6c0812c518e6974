// What is wrong with waivers themselves.
#include "audit/findings/fingerprint.hpp"
#include "audit/rules/stages.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::chrono::seconds soon = std::chrono::days(7);

Finding about(const Waiver& waiver, std::string rule, Severity severity, const std::string& what) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.category = Category::rules;
  finding.severity = severity;
  finding.source = waiver.mark();
  finding.message = "waiver " + waiver.name +
                    (waiver.owner.empty() ? "" : " (" + waiver.owner + ")") + " " + what;
  finding.reason = "it is there for: " + waiver.reason +
                   (waiver.ticket.empty() ? "" : " (" + waiver.ticket + ")");
  finding.fingerprint = fingerprint({finding.rule, waiver.name});
  return finding;
}

bool names_no_cell(const Waiver& waiver, const RuleContext& context, const LabelsOfCells& known) {
  return std::ranges::none_of(context.cells, [&](const CellSummary& cell) {
    return waiver.match.cells.matches(cell.name, known);
  });
}

// What could not be looked at may hold what the waiver is about.
bool may_be_hidden(const Waiver& waiver, const RuleContext& context, const LabelsOfCells& known) {
  const auto may_match = [&](const std::string& cell, const std::string& application) {
    return waiver.match.may_match(cell, application, known);
  };
  return std::ranges::any_of(context.problems,
                             [&](const Problem& problem) {
                               return problem.unknown == LeavesUnknown::yes &&
                                      may_match(problem.cell, problem.application);
                             }) ||
         std::ranges::any_of(context.cells, [&](const CellSummary& cell) {
           return (!cell.reachable || cell.coverage != "complete") && may_match(cell.name, "");
         });
}

std::optional<Finding> finding_of(const Waiver& waiver,
                                  std::size_t uses,
                                  const RuleContext& context,
                                  const LabelsOfCells& known) {
  if (!is_in_force(waiver, context.now)) {
    return about(waiver,
                 "rules/expired",
                 Severity::warning,
                 "expired: it was to end with " + waiver.expires_text +
                     ", and hides nothing any more; renew it, or take it out");
  }
  if (uses == 0 && names_no_cell(waiver, context, known)) {
    return about(waiver, "rules/unmatched", Severity::note, "is about no cell that was looked at");
  }
  if (uses == 0 && !may_be_hidden(waiver, context, known)) {
    return about(waiver,
                 "rules/unmatched",
                 Severity::warning,
                 "matches nothing: what it hid is gone; take it out");
  }
  if (waiver.expires && *waiver.expires - context.now <= soon) {
    return about(waiver,
                 "rules/expiring",
                 Severity::note,
                 "ends with " + waiver.expires_text + "; what it hides counts then");
  }
  return std::nullopt;
}

}  // namespace

bool is_in_force(const Waiver& waiver, Time now) {
  return !waiver.expires || now < *waiver.expires;
}

std::vector<Finding> waiver_findings(const RuleContext& context,
                                     const WaiverUses& uses,
                                     const LabelsOfCells& cells) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < context.rules.waivers.size(); ++i) {
    if (auto finding = finding_of(context.rules.waivers[i], uses[i], context, cells)) {
      findings.push_back(std::move(*finding));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
