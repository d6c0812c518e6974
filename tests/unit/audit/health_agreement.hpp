// Whether celldrift and Argo CD say the same of an object's health, or differ where docs/gate.md
// says so.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <algorithm>
#include <string_view>

namespace celldrift::audit {

inline std::string_view name_of(Health::State state) {
  static constexpr std::string_view names[] = {
      "Healthy", "Progressing", "Degraded", "Suspended", "Unknown"};
  return names[std::size_t(state)];
}

// What was seen of an earlier generation says nothing of this one.
inline bool lags(const Value& object) {
  const Value* observed = object.find({"status", "observedGeneration"});
  const Value* generation = object.find({"metadata", "generation"});
  return observed != nullptr && observed->is_int() && generation != nullptr &&
         observed->as_int() < generation->as_int();
}

inline bool has_condition(const Value& object, std::string_view type) {
  const Value* conditions = object.find({"status", "conditions"});
  const auto items = conditions == nullptr ? std::span<const Value>() : conditions->items();
  return std::ranges::any_of(items,
                             [&](const Value& each) { return each.string_at({"type"}) == type; });
}

// States that Argo CD's scripts judge wrongly, or one way or the other (docs/gate.md).
inline bool is_better_known(const Value& object) {
  const std::string_view kind = object.string_at({"kind"});
  const std::string_view version = object.string_at({"apiVersion"});
  const Value* statuses = object.find({"status", "statuses"});
  return (kind == "HelmRelease" && has_condition(object, "TestSuccess")) ||
         (kind == "Keycloak" && has_condition(object, "HasErrors")) ||
         (version.find(".solo.io/") != version.npos && statuses != nullptr &&
          statuses->entries().size() > 1);
}

// `theirs`: "" where Argo CD has no opinion.
inline bool agrees(const Value& object, std::string_view theirs) {
  const Health::State ours = health_of(object).state;
  if (theirs.empty() || is_better_known(object) || theirs == name_of(ours)) {
    return true;
  }
  return (lags(object) && ours == Health::State::progressing) ||
         (theirs == "Missing" && ours == Health::State::unknown);
}

}  // namespace celldrift::audit
