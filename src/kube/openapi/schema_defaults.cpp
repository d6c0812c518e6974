#include "kube/openapi/type_writer.hpp"

namespace celldrift::kube {
namespace {

constexpr int max_depth = 100;

bool is_nullable(const Value& schema) {
  const Value* value = schema.find("nullable");
  return value != nullptr && value->is_bool() && value->as_bool();
}

Value complete_fields(const Value& value,
                      const Value& properties,
                      DefaultBudget& budget,
                      int depth) {
  Value::Map completed;
  for (const auto& [name, own] : value.entries()) {
    const Value* schema = properties.find(name);
    const Value* fallback = schema != nullptr ? default_in(*schema) : nullptr;
    // A null that may not be is as good as missing.
    const bool missing = own.is_null() && fallback != nullptr && !is_nullable(*schema);
    const Value& taken = missing ? *fallback : own;
    completed.push_back(
        {name, schema != nullptr ? completed_default(taken, *schema, budget, depth + 1) : taken});
  }
  for (const auto& [name, schema] : properties.entries()) {
    const Value* fallback = default_in(schema);
    if (fallback != nullptr && value.find(name) == nullptr) {
      completed.push_back({name, completed_default(*fallback, schema, budget, depth + 1)});
    }
  }
  return Value::map(std::move(completed));
}

}  // namespace

const Value* default_in(const Value& schema) {
  return schema.find("default");
}

Value completed_default(const Value& value, const Value& schema, DefaultBudget& budget, int depth) {
  if (depth > max_depth || value.is_scalar() || budget.nodes < value.size() + 1) {
    return value;
  }
  budget.nodes -= value.size() + 1;
  if (const Value* items = schema.find("items"); items != nullptr && value.is_list()) {
    Value::List completed;
    for (const Value& item : value.items()) {
      completed.push_back(completed_default(item, *items, budget, depth + 1));
    }
    return Value::list(std::move(completed));
  }
  if (!value.is_map()) {
    return value;
  }
  if (const Value* properties = schema.find("properties")) {
    return complete_fields(value, *properties, budget, depth);
  }
  const Value* element = schema.find("additionalProperties");
  if (element == nullptr || !element->is_map()) {
    return value;
  }
  Value::Map completed;
  for (const auto& [name, entry] : value.entries()) {
    completed.push_back({name, completed_default(entry, *element, budget, depth + 1)});
  }
  return Value::map(std::move(completed));
}

}  // namespace celldrift::kube
