#include "audit/skew/lag.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <tuple>

namespace celldrift::audit {
namespace {

// Why one cell has what it has, and what is known of the commit that it runs.
struct Reason {
  Lag::Why why = Lag::Why::unknown;
  std::string changed_by;
  std::optional<std::size_t> commits;
  std::optional<std::chrono::seconds> age;

  auto operator<=>(const Reason&) const = default;
};

bool is_older(const Proved* proved) {
  using Match = Proved::Match;
  return proved != nullptr && proved->behind.value_or(0) > 0 &&
         (proved->match == Match::exact || proved->match == Match::edited);
}

// Of a value that Git does not want: a hand in it says more than the commit around it.
Lag::Why why_not_wanted(const Fact& fact, const Proved* proved) {
  if (fact.owner && compare::is_hand(fact.owner->kind)) {
    return Lag::Why::hand;
  }
  const bool was_applied = fact.owner && fact.owner->kind == compare::ManagerClass::gitops;
  return was_applied || is_older(proved) ? Lag::Why::lag : Lag::Why::unknown;
}

Reason reason_of(const Told& told, const ProvedBy& all) {
  const Fact& fact = *told.fact;
  const auto found = all.find({told.bearer->cell, told.bearer->application});
  const Proved* proved = found == all.end() ? nullptr : found->second;
  Reason reason;
  if (!fact.desired) {
    reason.why = Lag::Why::silent;
  } else if (*fact.desired == fact.version) {
    reason.why = Lag::Why::declared;
  } else {
    reason.why = why_not_wanted(fact, proved);
    reason.changed_by = reason.why == Lag::Why::unknown || !fact.owner ? "" : fact.owner->manager;
  }
  if (is_older(proved) && reason.why != Lag::Why::declared) {
    reason.commits = proved->behind;
    reason.age = proved->age;
  }
  return reason;
}

// Of several facts that count as one, the one that Git does not want.
Reason reason_of(const std::vector<Told>& facts, const ProvedBy& proved) {
  Reason worst = reason_of(facts.front(), proved);
  for (const Told& told : facts) {
    const Reason reason = reason_of(told, proved);
    worst = worst.why == Lag::Why::declared ? reason : worst;
  }
  return worst;
}

std::string_view order_text(std::partial_ordering order) {
  return order < 0 ? "behind" : order > 0 ? "ahead" : "";
}

// "one minor behind", "ahead", "on another version".
std::string position(const Lag& lag) {
  if (order_text(lag.order).empty()) {
    return "on another version";
  }
  const std::string steps = lag.by ? describe(*lag.by) : "";
  return steps + (steps.empty() ? "" : " ") + std::string(order_text(lag.order));
}

std::string why_text(const Lag& lag) {
  switch (lag.why) {
    case Lag::Why::declared:
      return ", as Git wants there";
    case Lag::Why::hand:
      return ", set by hand (" + lag.changed_by + ")";
    case Lag::Why::lag:
      return lag.commits ? ", " + std::to_string(*lag.commits) +
                               (*lag.commits == 1 ? " commit" : " commits") + " behind Git"
                         : ", applied by " + lag.changed_by;
    case Lag::Why::silent:
    case Lag::Why::unknown:
      break;
  }
  return "";
}

std::string cells_text(const std::vector<std::string>& cells) {
  return cells.size() <= 3 ? join(cells, ", ") : std::to_string(cells.size()) + " cells";
}

}  // namespace

ProvedBy proved_by(const std::vector<Proved>& proved) {
  ProvedBy by;
  for (const Proved& each : proved) {
    by.emplace(std::pair(each.cell, each.application), &each);
  }
  return by;
}

std::vector<Lag> lag_of(const std::vector<VersionGroup>& groups,
                        const FactsByCell& facts,
                        const ProvedBy& proved) {
  std::vector<Lag> result;
  const VersionGroup& fleet = fleet_group(groups);
  for (const VersionGroup& group : groups) {
    if (&group == &fleet) {
      continue;
    }
    std::map<Reason, std::vector<std::string>> by_reason;
    for (const std::string& cell : group.cells) {
      by_reason[reason_of(facts.at(cell), proved)].push_back(cell);
    }
    for (auto& [reason, cells] : by_reason) {
      result.push_back({.cells = std::move(cells),
                        .value = Value::string(group.version),
                        .order = compare_versions(group.version, fleet.version),
                        .by = steps_between(group.version, fleet.version),
                        .why = reason.why,
                        .changed_by = reason.changed_by,
                        .commits = reason.commits,
                        .age = reason.age});
    }
  }
  return result;
}

std::string lag_text(const std::vector<Lag>& lag) {
  constexpr std::size_t most = 3;
  std::vector<std::string> parts;
  for (const Lag& each : std::span(lag).first(std::min(lag.size(), most))) {
    parts.push_back(cells_text(each.cells) + (each.cells.size() == 1 ? " is " : " are ") +
                    position(each) + why_text(each));
  }
  if (lag.size() > most) {
    parts.push_back("and " + std::to_string(lag.size() - most) + " more groups");
  }
  return join(parts, "; ");
}

}  // namespace celldrift::audit
