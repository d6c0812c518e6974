#include "kube/fields.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::kube {
namespace {

[[noreturn]] void wrong_type(const Value& value, std::string_view field, std::string_view wanted) {
  // The value itself stays out of the message: it may be a token in the wrong place.
  throw Error(ErrorCode::config,
              "kubeconfig field \"" + std::string(field) + "\" must be a " + std::string(wanted) +
                  ", not a " + std::string(describe(value.kind())),
              value.mark());
}

const Value::Kind list = Value::Kind::list;

}  // namespace

const Value* present(const Value& map, std::string_view field) {
  const Value* value = map.find(field);
  return value && !value->is_null() ? value : nullptr;
}

std::string text_of(const Value& map, std::string_view field) {
  const Value* value = present(map, field);
  if (!value) {
    return "";
  }
  if (!value->is_string()) {
    wrong_type(*value, field, "string");
  }
  return std::string(value->as_string());
}

bool flag_of(const Value& map, std::string_view field) {
  const Value* value = present(map, field);
  if (value && !value->is_bool()) {
    wrong_type(*value, field, "boolean");
  }
  return value && value->as_bool();
}

std::vector<std::string> texts_of(const Value& map, std::string_view field) {
  std::vector<std::string> texts;
  const Value* value = present(map, field);
  if (value && value->kind() != list) {
    wrong_type(*value, field, "list");
  }
  for (const Value& item : value ? value->items() : std::span<const Value>{}) {
    if (!item.is_string()) {
      wrong_type(item, field, "list of strings");
    }
    texts.emplace_back(item.as_string());
  }
  return texts;
}

std::vector<Value> maps_of(const Value& map, std::string_view field) {
  const Value* value = present(map, field);
  if (!value) {
    return {};
  }
  if (value->kind() != list) {
    wrong_type(*value, field, "list");
  }
  for (const Value& item : value->items()) {
    if (!item.is_map()) {
      wrong_type(item, field, "list of maps");
    }
  }
  return {value->items().begin(), value->items().end()};
}

}  // namespace celldrift::kube
