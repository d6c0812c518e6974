#include "fleet/shapes/merge_patch.hpp"

namespace celldrift::fleet {
namespace {

// Without the nulls of maps, at any depth; nulls in lists stay.
Value pruned(const Value& value) {
  if (value.is_map()) {
    Value::Map entries;
    for (const auto& [key, item] : value.entries()) {
      if (!item.is_null()) {
        entries.push_back({key, pruned(item)});
      }
    }
    return Value::map(std::move(entries)).with_mark(value.mark());
  }
  if (value.is_list()) {
    Value::List items;
    for (const Value& item : value.items()) {
      items.push_back(pruned(item));
    }
    return Value::list(std::move(items)).with_mark(value.mark());
  }
  return value;
}

Value merged(const Value& current, const Value& patch) {
  if (!current.is_map()) {
    return pruned(patch);
  }
  return patch.is_map() ? merge_patched(current, patch) : patch;
}

}  // namespace

Value merge_patched(const Value& document, const Value& patch) {
  Value result = document;
  for (const auto& [key, item] : patch.entries()) {
    if (item.is_null()) {
      result = result.without(key.view());
      continue;
    }
    const Value* current = document.find(key.view());
    const bool is_new = current == nullptr || current->is_null();
    result = result.with(key.view(), is_new ? pruned(item) : merged(*current, item));
  }
  return result;
}

}  // namespace celldrift::fleet
