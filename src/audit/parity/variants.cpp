#include "audit/parity/variants.hpp"

#include "audit/fold/groups.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

using compare::Accepted;
using compare::Decision;
using compare::ObjectResult;
using Outcome = compare::Decision::Outcome;

// What two cells must have in common for one to stand for the other.
std::string key_of_side(const ObjectResult& result) {
  std::string key = key_of({key_of(std::optional(compare::without_own(result.live))),
                            key_of(std::optional(result.desired))});
  for (const compare::Difference& difference : result.differences) {
    key += key_of({difference.path.text()});
  }
  for (const Accepted& accepted : result.accepted) {
    key += key_of({accepted.rule, accepted.by, accepted.difference.path.text()});
  }
  return key;
}

// A quick look: whether two have the same key for sure.
bool is_plainly_as(const ObjectResult& result, const ObjectResult& first) {
  const auto is_as_wanted = [](const ObjectResult& each) {
    return each.differences.empty() && each.accepted.empty();
  };
  return &result == &first || (is_as_wanted(result) && is_as_wanted(first) &&
                               result.live == first.live && result.desired == first.desired);
}

// Of several decisions below a place, the one that says most against a finding.
int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::undecided:
      return 6;
    case Outcome::server:
    case Outcome::mark:
      return 5;
    case Outcome::drift:
      return 4;
    case Outcome::controller:
      return 3;
    case Outcome::by_right:
    case Outcome::ignored:
      return 2;
    case Outcome::defaulted:
      return 1;
    case Outcome::equal:
      break;
  }
  return 0;
}

}  // namespace

bool overlap(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  return b.starts_with(a) &&
         (a.empty() || a.size() == b.size() || b[a.size()] == '.' || b[a.size()] == '[');
}

Variant::Variant(const Component& component, const Line& line, std::vector<std::size_t> sides)
    : component_(component),
      side_(line.sides[sides.front()].member),
      member_(&component.members()[side_]),
      result_(line.sides[sides.front()].result) {
  for (const std::size_t side : sides) {
    cells_.push_back(component.members()[line.sides[side].member].application->cell);
  }
  std::ranges::sort(cells_);
  for (const compare::Difference& difference : result_->differences) {
    drifted_.push_back(text(difference.path.text()));
  }
  for (const Accepted& accepted : result_->accepted) {
    accepted_.push_back(text(accepted.difference.path.text()));
  }
}

Value Variant::abstracted(const Value& value) const {
  return compare::abstracted(value, [&](std::string_view each) { return text(each); });
}

compare::Context Variant::context(compare::Explain explain) const {
  return member_->known != nullptr ? member_->known->types.context(explain)
                                   : compare::Context{.explain = explain};
}

void Variant::decide() {
  if (decided_) {
    return;
  }
  compare::Comparison comparison = compare::compare(result_->desired,
                                                    result_->live,
                                                    member_->application->application,
                                                    context(compare::Explain::yes));
  decided_.emplace();
  for (Decision& decision : comparison.decisions) {
    std::string place = text(decision.path.text());
    decided_->push_back({std::move(place), std::move(decision)});
  }
}

Stand Variant::stand_at(std::string_view place, const compare::SideNode& node) {
  Stand stand{.live = node.live, .desired = node.desired};
  stand.is_drift = std::ranges::any_of(
      drifted_, [&](const std::string& drifted) { return overlap(drifted, place); });
  for (std::size_t i = 0; i < accepted_.size() && stand.accepted == nullptr; ++i) {
    if (overlap(accepted_[i], place)) {
      stand.accepted = &result_->accepted[i];
    }
  }
  if (stand.is_drift || stand.accepted != nullptr || node.live == nullptr ||
      node.desired != nullptr) {
    return stand;
  }
  decide();
  const Decision* strongest = nullptr;
  for (const Decided& decided : *decided_) {
    const Decision& decision = decided.decision;
    if (overlap(decided.text, place) &&
        (strongest == nullptr || weight(decision.outcome) > weight(strongest->outcome))) {
      strongest = &decision;
    }
  }
  if (strongest != nullptr) {
    stand.outcome = strongest->outcome;
    stand.owner =
        strongest->owners.empty() ? std::nullopt : std::optional(strongest->owners.back());
  }
  return stand;
}

bool Variant::has_drift_beside(const Path& path) const {
  const auto is_beside = [&](const compare::Difference& difference) {
    const auto& other = difference.path.steps();
    const auto& own = path.steps();
    return !own.empty() && other.size() == own.size() &&
           std::equal(own.begin(), own.end() - 1, other.begin());
  };
  return std::ranges::any_of(result_->differences, is_beside);
}

std::vector<Variant> variants_of(const Component& component, const Line& line) {
  std::map<std::string, std::size_t> places;
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t side = 0; side < line.sides.size(); ++side) {
    if (side > 0 && is_plainly_as(*line.sides[side].result, *line.sides.front().result)) {
      groups.front().push_back(side);
      continue;
    }
    const auto [place, is_new] =
        places.emplace(key_of_side(*line.sides[side].result), groups.size());
    if (is_new) {
      groups.emplace_back();
    }
    groups[place->second].push_back(side);
  }
  std::vector<Variant> variants;
  for (std::vector<std::size_t>& group : groups) {
    variants.emplace_back(component, line, std::move(group));
  }
  return variants;
}

}  // namespace celldrift::audit
