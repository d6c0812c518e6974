#include "audit/health/parts.hpp"

#include <algorithm>

namespace celldrift::audit::health {

using State = Health::State;

std::int64_t number_at(const Value& object, Keys path, std::int64_t otherwise) {
  const Value* value = object.find(path);
  return value != nullptr && value->is_int() ? value->as_int() : otherwise;
}

bool flag_at(const Value& object, Keys path) {
  const Value* value = object.find(path);
  return value != nullptr && value->is_bool() && value->as_bool();
}

std::span<const Value> list_at(const Value& object, Keys path) {
  const Value* value = object.find(path);
  return value == nullptr ? std::span<const Value>() : value->items();
}

bool is_set(const Value* value) {
  return value != nullptr && !value->is_null() && !(value->is_bool() && !value->as_bool());
}

const Value* condition(const Value& object, std::string_view type) {
  const auto conditions = list_at(object, {"status", "conditions"});
  const auto found = std::ranges::find(
      conditions, type, [](const Value& each) { return each.string_at({"type"}); });
  return found == conditions.end() ? nullptr : &*found;
}

bool has_condition(const Value& object, std::string_view type, std::string_view status) {
  const Value* found = condition(object, type);
  return found != nullptr && found->string_at({"status"}) == status;
}

std::string words_of(const Value& condition) {
  const std::string_view message = condition.string_at({"message"});
  const std::string_view more = message.empty() ? condition.string_at({"reason"}) : message;
  return printable(condition.string_at({"type"})) + " is " +
         printable(condition.string_at({"status"})) + (more.empty() ? "" : ": " + printable(more));
}

bool is_observed(const Value& object) {
  return number_at(object, {"metadata", "generation"}) <=
         number_at(object, {"status", "observedGeneration"});
}

Health not_observed() {
  return progressing("its controller has not seen the latest change");
}

Health progressing(std::string says) {
  return {State::progressing, std::move(says)};
}

Health degraded(std::string says) {
  return {State::degraded, std::move(says)};
}

Health suspended(std::string says) {
  return {State::suspended, std::move(says)};
}

Health unknown(std::string says) {
  return {State::unknown, std::move(says)};
}

std::string of(std::int64_t some, std::int64_t all, std::string_view what) {
  return std::to_string(some) + " of " + std::to_string(all) + " " + std::string(what);
}

}  // namespace celldrift::audit::health
