#include "compare/argo/ignored.hpp"

#include "compare/argo/rules.hpp"

#include <algorithm>
#include <map>
#include <variant>

namespace celldrift::compare {
namespace {

// Both sides, and how they differ, as more and more is taken from them.
struct Left {
  Value desired;
  Value live;
  std::vector<Difference> differences;
};

Accepted accepted(Difference difference, const Eraser& eraser) {
  const IgnoreRule& rule = *eraser.rule;
  return {.kind = Accepted::Kind::ignored,
          .difference = std::move(difference),
          .rule = describe(eraser),
          .by = rule.is_system ? "argocd-cm " + rule.key : "the Application",
          .mark = rule.mark};
}

// Differences are the same when they are about the same place: an atomic list of which a rule took
// an item differs there still, if in less.
using Places = std::multimap<std::string, Change>;

Places places_of(const std::vector<Difference>& differences) {
  Places places;
  for (const Difference& difference : differences) {
    places.emplace(difference.path.text(), difference.change);
  }
  return places;
}

bool is_among(const Places& places, const Difference& difference) {
  const auto [first, last] = places.equal_range(difference.path.text());
  return std::any_of(
      first, last, [&](const auto& place) { return place.second == difference.change; });
}

void erase_managed(Left& left, const Eraser& eraser, ObjectResult& result, Places& managed) {
  const auto hidden = std::stable_partition(
      left.differences.begin(), left.differences.end(), [&](const Difference& difference) {
        return !owns(eraser.text, result.live, difference);
      });
  for (auto difference = hidden; difference != left.differences.end(); ++difference) {
    managed.emplace(difference->path.text(), difference->change);
    result.accepted.push_back(accepted(std::move(*difference), eraser));
  }
  left.differences.erase(hidden, left.differences.end());
}

// What managers hid before stays hidden when the rest is compared again.
void compare_again(Left& left,
                   const Eraser& eraser,
                   const Places& managed,
                   ObjectResult& result,
                   std::string_view application,
                   const Context& context) {
  std::vector<Difference> now = diff(left.desired, left.live, application, context);
  std::erase_if(now, [&](const Difference& difference) { return is_among(managed, difference); });
  const Places still = places_of(now);
  for (Difference& difference : left.differences) {
    if (!is_among(still, difference)) {
      result.accepted.push_back(accepted(std::move(difference), eraser));
    }
  }
  left.differences = std::move(now);
}

std::string cannot_tell(const Eraser& eraser, const std::string& why) {
  const std::string place = describe(eraser.rule->mark);
  return "it cannot be told what " + describe(eraser) + " (" +
         (eraser.rule->is_system ? "argocd-cm " + eraser.rule->key : "ignoreDifferences") +
         (place.empty() ? "" : ", " + place) + ") hides: " + why;
}

bool is_below(const Path& path, std::string_view field) {
  const auto* first = path.empty() ? nullptr : std::get_if<Path::Field>(&path.steps().front());
  return first != nullptr && first->name == field;
}

bool is_aggregated(const Value& role) {
  const Value* aggregation = role.find("aggregationRule");
  return aggregation != nullptr && aggregation->is_map();
}

// resource.compareoptions: ignoreAggregatedRoles. A controller fills in such rules. Those that Git
// states of a role that is not aggregated in Git count. (Argo CD 3.5 leaves the rules out of each
// side that is: testdata/compare/aggregated_roles.json)
void hide_aggregated_rules(ObjectResult& result) {
  const Value* stated = result.desired.find("rules");
  const bool counts = stated != nullptr && stated->size() != 0 && !is_aggregated(result.desired);
  if (result.key.group != "rbac.authorization.k8s.io" || !is_aggregated(result.live) || counts) {
    return;
  }
  const auto hidden = std::stable_partition(
      result.differences.begin(), result.differences.end(), [](const Difference& difference) {
        return !is_below(difference.path, "rules");
      });
  for (auto difference = hidden; difference != result.differences.end(); ++difference) {
    result.accepted.push_back({.kind = Accepted::Kind::ignored,
                               .difference = std::move(*difference),
                               .rule = "ignoreAggregatedRoles",
                               .by = "argocd-cm resource.compareoptions"});
  }
  result.differences.erase(hidden, result.differences.end());
}

}  // namespace

std::optional<std::string> hide_ignored(ObjectResult& result,
                                        const std::vector<IgnoreRule>& rules,
                                        std::string_view application,
                                        const Context& context) {
  if (context.settings.ignore_aggregated_roles) {
    hide_aggregated_rules(result);
  }
  Left left{result.desired, result.live, std::move(result.differences)};
  std::optional<std::string> undecided;
  Places managed;  // what managers hid: erasers of theirs come first
  for (const Eraser& eraser : erasers(rules, result.key)) {
    if (left.differences.empty()) {
      break;
    }
    if (eraser.kind == Eraser::Kind::manager) {
      erase_managed(left, eraser, result, managed);
      continue;
    }
    Erased desired = erase(eraser, left.desired);
    Erased live = erase(eraser, left.live);
    if (desired.undecided || live.undecided) {
      undecided = cannot_tell(eraser, desired.undecided ? *desired.undecided : *live.undecided);
      continue;
    }
    if (desired.value == left.desired && live.value == left.live) {
      continue;
    }
    left.desired = std::move(desired.value);
    left.live = std::move(live.value);
    compare_again(left, eraser, managed, result, application, context);
  }
  result.differences = std::move(left.differences);
  return undecided;
}

}  // namespace celldrift::compare
