// managedFieldsManagers: which fields a manager owns.

#include "celldrift/yaml/yaml.hpp"
#include "compare/argo/rules.hpp"

#include <span>
#include <variant>

namespace celldrift::compare {
namespace {

// The name that fieldsV1 has for a step.
struct StepName {
  std::string operator()(const Path::Field& field) const { return "f:" + field.name; }
  std::string operator()(const Path::Item& item) const {
    Value::Map keys;
    for (const auto& [name, value] : item.keys) {
      keys.push_back({SharedString(name), value});
    }
    return "k:" + yaml::canonical_json(Value::map(std::move(keys)));
  }
  std::string operator()(const Path::Member& member) const {
    return "v:" + yaml::canonical_json(member.value);
  }
  std::string operator()(const Path::Index& index) const {
    return "i:" + std::to_string(index.index);
  }
};

// Writers may have the keys of an item in any order.
const Value* item_of(const Value& fields, const std::string& name) {
  if (const Value* exact = fields.find(name)) {
    return exact;
  }
  const Value wanted = yaml::parse_json(std::string_view(name).substr(2)).value;
  for (const Value::Entry& entry : fields.entries()) {
    const std::string_view key = entry.key.view();
    if (key.starts_with("k:") && yaml::parse_json(key.substr(2)).value == wanted) {
      return &entry.value;
    }
  }
  return nullptr;
}

const Value* step_into(const Value& fields, const Path::Step& step) {
  const std::string name = std::visit(StepName{}, step);
  return std::holds_alternative<Path::Item>(step) ? item_of(fields, name) : fields.find(name);
}

// The path itself, or a list or map above it that is one leaf to the API server. Of a structure
// with fields of its own, only those are owned.
bool is_in(const Value& fields, const Path& path) {
  const Value* node = &fields;
  for (const Path::Step& step : path.steps()) {
    node = step_into(*node, step);
    if (node == nullptr) {
      return false;
    }
    if (node->size() == 0) {
      return true;
    }
  }
  return node->find(".") != nullptr;
}

}  // namespace

bool owns(const std::string& manager, const Value& live, const Difference& difference) {
  if (difference.change == Change::removed) {
    return false;  // Argo CD: only what both have; nobody owns what is gone
  }
  if (difference.change == Change::added && difference.owner &&
      difference.owner->manager == manager) {
    return true;
  }
  const Value* entries = live.find({"metadata", "managedFields"});
  for (const Value& entry : entries == nullptr ? std::span<const Value>{} : entries->items()) {
    const Value* fields = entry.find("fieldsV1");
    try {
      if (fields != nullptr && entry.string_at({"manager"}) == manager &&
          is_in(*fields, difference.path)) {
        return true;
      }
    } catch (const Error&) {
      continue;  // an item's keys that are no JSON: not the API server's
    }
  }
  return false;
}

}  // namespace celldrift::compare
