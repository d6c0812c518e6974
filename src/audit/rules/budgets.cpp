// Skew budgets: how far cells may be behind the newest version that the fleet runs.
#include "audit/rules/by_kind.hpp"
#include "audit/rules/stages.hpp"
#include "audit/rules/version_gap.hpp"
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

enum class Standing { within, unknown, out };  // the greatest decides

struct Opinion {
  Standing standing = Standing::within;
  std::string text;
};

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

std::string amount(std::uint64_t count, std::string_view unit) {
  return std::to_string(count) + " " + std::string(unit) +
         (count == 1 || unit == "patch" ? "" : "s");
}

// As budgets write it, so that it can be held against one.
std::string length(std::chrono::seconds time) {
  using std::chrono::hours;
  const auto whole = std::chrono::floor<hours>(time);
  return time < hours(1)
             ? std::to_string(std::chrono::floor<std::chrono::minutes>(time).count()) + "m"
         : time < hours(96) ? std::to_string(whole.count()) + "h"
                            : std::to_string(whole.count() / 24) + "d";
}

struct Part {
  std::string_view name;
  std::string_view several;
  std::optional<std::uint64_t> most;
};

std::string part_text(const Part& part, std::uint64_t count) {
  return std::to_string(count) + " " + std::string(count == 1 ? part.name : part.several);
}

Opinion of_gap(const VersionGap& gap, const SkewBudget& budget) {
  const Part parts[] = {{"major", "majors", budget.major},
                        {"minor", "minors", budget.minor},
                        {"patch", "patches", budget.patch}};
  const auto first = std::ranges::find_if(gap, [](std::uint64_t count) { return count != 0; });
  const std::size_t at = std::size_t(first - gap.begin());
  // A pre-release is behind by less than a patch.
  const Part& part = parts[std::min(at, std::size_t(2))];
  const std::uint64_t count = first == gap.end() ? 0 : *first;
  const std::string how_far =
      (count == 0 ? "less than a patch" : part_text(part, count)) + " behind";
  if (budget.none_behind) {
    return {Standing::out, how_far + "; none may be"};
  }
  const bool less_is_limited =
      std::any_of(&part + 1, std::end(parts), [](const Part& each) { return each.most; });
  if (!part.most && !less_is_limited) {
    return {Standing::within, how_far};
  }
  const std::uint64_t most = part.most.value_or(0);
  return {count <= most ? Standing::within : Standing::out,
          how_far + "; at most " + part_text(part, most)};
}

// Of a cell that is behind, by what is proved of its commit.
Opinion of_commit(const Finding& finding, const std::string& cell, const SkewBudget& budget) {
  const auto proved = std::ranges::find(finding.proved, cell, &Proved::cell);
  const bool is_known = proved != finding.proved.end();
  const auto commits = is_known ? proved->behind : std::nullopt;
  const auto age = is_known ? proved->age : std::nullopt;
  if ((budget.commits && !commits) || (budget.age && !age)) {
    return {Standing::unknown, "the commit that it runs is not proved"};
  }
  Opinion opinion;
  if (budget.commits) {
    opinion.text =
        amount(*commits, "commit") + " behind; at most " + std::to_string(*budget.commits);
    opinion.standing = *commits > *budget.commits ? Standing::out : Standing::within;
  }
  if (budget.age && opinion.standing == Standing::within) {
    opinion.text = length(*age) + " behind; at most " + length(*budget.age);
    opinion.standing = *age > *budget.age ? Standing::out : Standing::within;
  }
  return opinion;
}

bool limits_versions(const SkewBudget& budget) {
  return budget.major || budget.minor || budget.patch || budget.none_behind;
}

bool limits_commits(const SkewBudget& budget) {
  return budget.commits || budget.age;
}

Opinion worse(Opinion a, Opinion b) {
  return b.standing > a.standing || a.text.empty() ? std::move(b) : std::move(a);
}

// Of one cell that does not run the newest version; within, with no text, for one that is ahead.
Opinion of_cell(const Finding& finding,
                const Value& version,
                const Value* best,
                const std::string& cell,
                const SkewBudget& budget) {
  Opinion opinion;
  if (limits_versions(budget)) {
    if (best == nullptr || !version.is_string()) {
      return {Standing::unknown, "the versions cannot be ordered"};
    }
    const auto steps = steps_between(version.as_string(), best->as_string());
    if (steps && steps->days.value_or(0) > 0) {
      return {Standing::unknown, "the versions are dates"};
    }
    const auto gap = gap_between(version.as_string(), best->as_string());
    if (!gap) {
      return compare_versions(version.as_string(), best->as_string()) ==
                     std::partial_ordering::unordered
                 ? Opinion{Standing::unknown, "the versions cannot be ordered"}
                 : Opinion{};
    }
    opinion = of_gap(*gap, budget);
  }
  return limits_commits(budget) ? worse(std::move(opinion), of_commit(finding, cell, budget))
                                : opinion;
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
      Opinion opinion = of_cell(finding, group.value, best, cell, budget);
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
