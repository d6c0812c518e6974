#include "compare/item_keys.hpp"

#include <unordered_set>

namespace celldrift::compare {

Value keys_of(const kube::Place& item, const kube::Type& list) {
  Value::Map keys;
  for (const std::string_view name : list.list_keys) {
    const Value* stated = item.live.find(name);
    if (stated != nullptr) {
      keys.push_back({name, *stated});
      continue;
    }
    const kube::Default expected = kube::default_of(item, name);
    if (expected.kind == kube::Default::Kind::value) {
      keys.push_back({name, expected.value});
    }
  }
  return keys.empty() ? Value() : Value::map(std::move(keys));
}

std::optional<std::vector<Value>> keys_of_items(const kube::Place& list) {
  std::vector<Value> keys;
  std::unordered_set<Hash> seen;
  for (const Value& item : list.live.items()) {
    const kube::Place place{.live = item, .type = *list.type.item(), .parent = &list};
    keys.push_back(list.type.list_kind == kube::ListKind::set ? item : keys_of(place, list.type));
    if (keys.back().is_null() || !seen.insert(keys.back().hash()).second) {
      return std::nullopt;
    }
  }
  return keys;
}

}  // namespace celldrift::compare
