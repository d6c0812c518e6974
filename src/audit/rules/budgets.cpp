// Skew budgets: how far cells may be behind the newest version that the fleet runs.
#include "audit/rules/by_kind.hpp"
#include "audit/rules/stages.hpp"
#include "audit/rules/standing.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

bool is_canary(const SkewBudget& budget, const std::string& cell, const LabelsOfCells& known) {
  return !budget.canaries.is_any() && budget.canaries.matches(cell, known);
}

// The newest version of those that cells other than canaries run; nothing where their texts do not
// tell.
const Value* newest(const Finding& finding, const SkewBudget& budget, const LabelsOfCells& known) {
  const Value* best = nullptr;
  for (const ValueGroup& group : finding.values) {
    const bool counts = std::ranges::any_of(
        group.cells, [&](const std::string& cell) { return !is_canary(budget, cell, known); });
    if (!counts || !group.value.is_string()) {
      continue;
    }
    const auto order = best == nullptr
                           ? std::partial_ordering::less
                           : compare_versions(best->as_string(), group.value.as_string());
    if (order == std::partial_ordering::unordered) {
      return nullptr;
    }
    best = order < 0 ? &group.value : best;
  }
  return best;
}

// Where only commits are limited, those cells count that are out of line.
bool counts(const Finding& finding,
            const std::string& cell,
            const SkewBudget& budget,
            const LabelsOfCells& known) {
  return limits_versions(budget) || (!is_canary(budget, cell, known) &&
                                     std::ranges::find(finding.cells, cell) != finding.cells.end());
}

// The worst cells, under what is to be said of them.
struct Judgement {
  Opinion opinion;
  std::vector<std::string> cells;
};

Judgement judge_skew(const Finding& finding, const SkewBudget& budget, const LabelsOfCells& known) {
  const Value* best = newest(finding, budget, known);
  Judgement judgement;
  for (const ValueGroup& group : finding.values) {
    for (const std::string& cell : group.cells) {
      if ((best != nullptr && group.value == *best) || !counts(finding, cell, budget, known)) {
        continue;
      }
      Opinion opinion = opinion_of(
          {.finding = finding, .cell = cell, .version = group.value, .newest = best}, budget);
      const bool is_worse = opinion.standing > judgement.opinion.standing;
      if (is_worse || (judgement.cells.empty() && !opinion.text.empty())) {
        judgement = {.opinion = std::move(opinion), .cells = {cell}};
      } else if (opinion.text == judgement.opinion.text && !opinion.text.empty()) {
        judgement.cells.push_back(cell);
      }
    }
  }
  return judgement;
}

std::string cells_text(const std::vector<std::string>& cells) {
  if (cells.size() > 2) {
    return cells.front() + " and " + std::to_string(cells.size() - 1) + " more are ";
  }
  return join(cells, " and ") + (cells.size() == 1 ? " is " : " are ");
}

std::string text_of(const Judgement& judgement, const SkewBudget& budget) {
  static constexpr std::string_view words[] = {
      "within the budget ", "cannot be held against the budget ", "out of the budget "};
  const Opinion& opinion = judgement.opinion;
  const std::string start = std::string(words[std::size_t(opinion.standing)]) + budget.name + ": ";
  if (opinion.text.empty()) {
    return start + "only canaries are ahead";
  }
  return start + (opinion.standing == Standing::unknown ? "" : cells_text(judgement.cells)) +
         opinion.text;
}

void apply(Finding& finding, const SkewBudget& budget, const LabelsOfCells& known) {
  const Judgement judgement = judge_skew(finding, budget, known);
  const Standing standing = judgement.opinion.standing;
  const Severity severity = standing == Standing::within ? Severity::note
                            : standing == Standing::out  ? budget.severity
                                                         : finding.severity;
  rule_on(finding, budget, severity);
  finding.ruling->says = text_of(judgement, budget);
  finding.reason += (finding.reason.empty() ? "" : "; ") + finding.ruling->says;
}

}  // namespace

void apply_budgets(std::vector<Finding>& findings,
                   const std::vector<SkewBudget>& budgets,
                   const LabelsOfCells& cells) {
  const ByKind by_kind(budgets);
  for (Finding& finding : findings) {
    if (finding.category != Category::skew || finding.values.empty() ||
        finding.rule == "skew/wave" || finding.rule == rule_of(FactKind::rollout)) {
      continue;
    }
    const std::vector<std::size_t>& candidates = by_kind.of(finding.object.kind);
    const auto last = std::find_if(candidates.rbegin(), candidates.rend(), [&](std::size_t i) {
      return budgets[i].match.matches(finding, cells);
    });
    if (last != candidates.rend()) {
      apply(finding, budgets[*last], cells);
    }
  }
}

}  // namespace celldrift::audit
