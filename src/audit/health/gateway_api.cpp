#include "audit/health/gateway_api.hpp"

#include <algorithm>

namespace celldrift::audit::health {
namespace {

using Conditions = std::span<const Value>;

Conditions conditions_of(const Value& holder) {
  return list_at(holder, {"conditions"});
}

const Value* first_with(Conditions conditions, std::string_view type, std::string_view status) {
  const auto found = std::ranges::find_if(conditions, [&](const Value& each) {
    return each.string_at({"type"}) == type && each.string_at({"status"}) == status;
  });
  return found == conditions.end() ? nullptr : &*found;
}

const Value* first_without(Conditions conditions, std::string_view type, std::string_view status) {
  const auto found = std::ranges::find_if(conditions, [&](const Value& each) {
    return each.string_at({"type"}) == type && each.string_at({"status"}) != status;
  });
  return found == conditions.end() ? nullptr : &*found;
}

// What keeps a Gateway, a listener of one or a Route at one of its Gateways from being healthy.
Health by_programming(Conditions conditions) {
  for (const std::string_view type : {"ResolvedRefs", "Accepted"}) {
    if (const Value* refused = first_with(conditions, type, "False")) {
      return degraded(words_of(*refused));
    }
  }
  const Value* waiting = first_without(conditions, "Programmed", "True");
  return waiting == nullptr ? Health() : progressing(words_of(*waiting));
}

// What a condition says of an earlier generation is not said of this one.
bool is_stale(const Value& condition, const Value& object) {
  const Value* observed = condition.find("observedGeneration");
  const Value* generation = object.find({"metadata", "generation"});
  return observed != nullptr && generation != nullptr && *observed != *generation;
}

bool is_current(Conditions conditions, const Value& object) {
  return !conditions.empty() && std::ranges::none_of(conditions, [&](const Value& each) {
    return is_stale(each, object);
  });
}

bool is_healthy(const Health& health) {
  return health.state == Health::State::healthy;
}

Health no_status() {
  return progressing("its controller says nothing of it yet");
}

}  // namespace

Health gateway_health(const Value& object) {
  const Value* status = object.find("status");
  if (status == nullptr) {
    return no_status();
  }
  Health health = by_programming(conditions_of(*status));
  const auto listeners = list_at(*status, {"listeners"});
  for (std::size_t i = 0; i < listeners.size() && is_healthy(health); ++i) {
    health = by_programming(conditions_of(listeners[i]));
  }
  const bool says_nothing = status->find("conditions") == nullptr && listeners.empty();
  return says_nothing ? no_status() : health;
}

Health gateway_class_health(const Value& object) {
  for (const Value& each : list_at(object, {"status", "conditions"})) {
    if (each.string_at({"type"}) == "Accepted" && !is_stale(each, object)) {
      const std::string_view status = each.string_at({"status"});
      return status == "True"    ? Health()
             : status == "False" ? degraded(words_of(each))
                                 : progressing(words_of(each));
    }
  }
  return no_status();
}

Health route_health(const Value& object) {
  bool is_known = false;
  for (const Value& parent : list_at(object, {"status", "parents"})) {
    const auto conditions = conditions_of(parent);
    if (!is_current(conditions, object)) {
      continue;
    }
    is_known = true;
    if (Health health = by_programming(conditions); !is_healthy(health)) {
      return health;
    }
  }
  return is_known ? Health() : no_status();
}

Health backend_policy_health(const Value& object) {
  bool is_accepted = false;
  const auto ancestors = list_at(object, {"status", "ancestors"});
  for (const Value& ancestor : ancestors) {
    const auto conditions = conditions_of(ancestor);
    if (!conditions.empty() && !is_current(conditions, object)) {
      return not_observed();
    }
  }
  for (const Value& ancestor : ancestors) {
    const auto conditions = conditions_of(ancestor);
    for (const std::string_view type : {"Accepted", "ResolvedRefs"}) {
      if (const Value* refused = first_without(conditions, type, "True")) {
        return degraded(words_of(*refused));
      }
    }
    is_accepted = is_accepted || first_with(conditions, "Accepted", "True") != nullptr;
  }
  return is_accepted ? Health() : no_status();
}

}  // namespace celldrift::audit::health
