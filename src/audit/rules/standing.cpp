#include "audit/rules/standing.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace celldrift::audit {
namespace {

std::string amount(std::uint64_t count, std::string_view unit) {
  return std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s");
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
  std::uint64_t steps = 0;
  std::optional<std::uint64_t> most;
};

std::string part_text(const Part& part, std::uint64_t count) {
  return std::to_string(count) + " " + std::string(count == 1 ? part.name : part.several);
}

Opinion of_numbers(const VersionSteps& steps, const SkewBudget& budget) {
  const Part parts[] = {{"major", "majors", steps.major, budget.major},
                        {"minor", "minors", steps.minor, budget.minor},
                        {"patch", "patches", steps.patch, budget.patch}};
  const auto first = std::ranges::find_if(parts, [](const Part& part) { return part.steps != 0; });
  // A pre-release is behind by less than a patch.
  const Part& part = first == std::end(parts) ? parts[2] : *first;
  const std::string how_far =
      (part.steps == 0 ? "less than a patch" : part_text(part, part.steps)) + " behind";
  if (budget.none_behind) {
    return {Standing::out, how_far + "; none may be"};
  }
  const bool less_is_limited =
      std::any_of(&part + 1, std::end(parts), [](const Part& each) { return each.most; });
  if (!part.most && !less_is_limited) {
    return {Standing::within, how_far};
  }
  const std::uint64_t most = part.most.value_or(0);
  return {part.steps <= most ? Standing::within : Standing::out,
          how_far + "; at most " + part_text(part, most)};
}

Opinion of_days(std::int64_t days, const SkewBudget& budget) {
  const std::string how_far = days == 0 ? "less than a day" : amount(std::uint64_t(days), "day");
  return budget.none_behind ? Opinion{Standing::out, how_far + " behind; none may be"}
                            : Opinion{Standing::unknown, "the versions are dates"};
}

Opinion of_builds(const SkewBudget& budget) {
  return budget.none_behind ? Opinion{Standing::out, "some builds behind; none may be"}
                            : Opinion{Standing::unknown, "the versions are numbers of builds"};
}

Opinion of_older(std::string_view version, std::string_view newest, const SkewBudget& budget) {
  const VersionSteps steps = steps_between(version, newest).value_or(VersionSteps{});
  if (steps.days) {
    return of_days(*steps.days, budget);
  }
  return are_builds(version, newest) ? of_builds(budget) : of_numbers(steps, budget);
}

// By what is proved of its commit.
Opinion of_commit(const Runner& runner, const SkewBudget& budget) {
  const auto& all = runner.finding.proved;
  const auto proved = std::ranges::find(all, runner.cell, &Proved::cell);
  const auto commits = proved != all.end() ? proved->behind : std::nullopt;
  const auto age = proved != all.end() ? proved->age : std::nullopt;
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

Opinion worse(Opinion a, Opinion b) {
  return b.standing > a.standing || a.text.empty() ? std::move(b) : std::move(a);
}

std::partial_ordering order_of(const Runner& runner) {
  return runner.newest == nullptr || !runner.version.is_string()
             ? std::partial_ordering::unordered
             : compare_versions(runner.version.as_string(), runner.newest->as_string());
}

}  // namespace

bool limits_versions(const SkewBudget& budget) {
  return budget.major || budget.minor || budget.patch || budget.none_behind;
}

bool limits_commits(const SkewBudget& budget) {
  return budget.commits || budget.age;
}

Opinion opinion_of(const Runner& runner, const SkewBudget& budget) {
  Opinion opinion;
  if (limits_versions(budget)) {
    const std::partial_ordering order = order_of(runner);
    if (order >= 0) {
      return {};
    }
    opinion = order == std::partial_ordering::unordered
                  ? Opinion{Standing::unknown, "the versions cannot be ordered"}
                  : of_older(runner.version.as_string(), runner.newest->as_string(), budget);
  }
  return limits_commits(budget) ? worse(std::move(opinion), of_commit(runner, budget)) : opinion;
}

}  // namespace celldrift::audit
