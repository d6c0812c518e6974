// What is read of objects to tell their health.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace celldrift::audit::health {

using Keys = std::initializer_list<std::string_view>;

// `otherwise` where there is no integer.
std::int64_t number_at(const Value& object, Keys path, std::int64_t otherwise = 0);
bool flag_at(const Value& object, Keys path);
std::span<const Value> list_at(const Value& object, Keys path);
// Anything but nothing and false.
bool is_set(const Value* value);

// The first of a type in status.conditions; null where there is none.
const Value* condition(const Value& object, std::string_view type);
bool has_condition(const Value& object, std::string_view type, std::string_view status);
// "Ready is False: message", of a condition.
std::string words_of(const Value& condition);

// Whether the controller has seen the latest change, as far as it says.
bool is_observed(const Value& object);
Health not_observed();

Health progressing(std::string says);
Health degraded(std::string says);
Health suspended(std::string says);
Health unknown(std::string says);
// "2 of 3 replicas are ready".
std::string of(std::int64_t some, std::int64_t all, std::string_view what);

// A list of kinds, and who judges them.
struct HealthCheck {
  std::string_view group;
  std::string_view kind;
  Health (*health)(const Value&);
};

}  // namespace celldrift::audit::health
