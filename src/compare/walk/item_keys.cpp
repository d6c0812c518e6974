#include "compare/walk/item_keys.hpp"

#include "celldrift/core/zero.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::compare {
namespace {

// Up to here comparing each with each is faster than an index.
constexpr std::size_t small_list = 16;

void count_in_small(std::vector<ItemKey>& keys) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    for (std::size_t before = i; before-- > 0;) {
      if (keys[before].hash == keys[i].hash) {
        keys[i].occurrence = keys[before].occurrence + 1;
        break;
      }
    }
  }
}

void count_occurrences(std::vector<ItemKey>& keys) {
  if (keys.size() <= small_list) {
    count_in_small(keys);
    return;
  }
  std::unordered_map<Hash, std::size_t> seen;
  for (ItemKey& key : keys) {
    key.occurrence = seen[key.hash]++;
  }
}

// 1 and 1.0 are one member.
Hash member_hash(const Value& item) {
  const bool is_whole = item.is_real() && std::trunc(item.as_double()) == item.as_double() &&
                        std::abs(item.as_double()) < 1e15;
  return is_whole ? Value::integer(std::int64_t(item.as_double())).hash() : item.hash();
}

// What an item states as a key; nullptr for a null, and for a zero that the server drops, which are
// as good as none.
const Value* stated_key(const kube::Place& item, std::string_view name) {
  const Value* stated = item.live.find(name);
  if (stated == nullptr || !is_zero(*stated)) {
    return stated;
  }
  const kube::Field* field = item.type.find(name);
  const bool is_dropped = stated->is_null() || (field != nullptr && field->zero_is_absent);
  return is_dropped ? nullptr : stated;
}

// A key of an item as the server has it.
Value key_of(const kube::Place& item, std::string_view name) {
  const Value* stated = stated_key(item, name);
  return stated != nullptr ? *stated : kube::default_of(item, name).value;
}

Hash combined(const Hash& a, const Hash& b) {
  const Hash pair[] = {a, b};
  return hash_bytes({reinterpret_cast<const char*>(pair), sizeof pair}, 0);
}

// Nothing when the item has no key.
std::optional<Hash> hash_of_keys(const kube::Place& item, const kube::Type& list) {
  Hash sum;
  bool any = false;
  for (const std::string_view name : list.list_keys) {
    const Value* stated = stated_key(item, name);
    const Value filled = stated != nullptr ? Value() : kube::default_of(item, name).value;
    const Value& key = stated != nullptr ? *stated : filled;
    // Most lists have one key, whose hash is as good as one of it.
    sum = list.list_keys.size() == 1 ? key.hash() : combined(sum, key.hash());
    any = any || !key.is_null();
  }
  return any ? std::optional(sum) : std::nullopt;
}

// Nothing when the item has no key.
std::optional<Hash> hash_of_item(const kube::Place& list, const Value& item) {
  if (list.type.list_kind == kube::ListKind::set) {
    return member_hash(item);
  }
  return hash_of_keys({.live = item, .type = *list.type.item(), .parent = &list}, list.type);
}

// True when both items have keys, and the same.
bool same_keys(const kube::Place& a, const kube::Place& b, const kube::Type& list) {
  bool any = false;
  for (const std::string_view name : list.list_keys) {
    const Value* in_a = stated_key(a, name);
    const Value* in_b = stated_key(b, name);
    const bool are_stated = in_a != nullptr && in_b != nullptr;
    const Value filled = are_stated ? Value() : key_of(a, name);
    if (are_stated ? *in_a != *in_b : filled != key_of(b, name)) {
      return false;
    }
    any = any || are_stated || !filled.is_null();
  }
  return any;
}

}  // namespace

Value keys_of(const kube::Place& item, const kube::Type& list) {
  Value::Map keys;
  for (const std::string_view name : list.list_keys) {
    Value key = key_of(item, name);
    if (!key.is_null()) {
      keys.push_back({name, std::move(key)});
    }
  }
  return keys.empty() ? Value() : Value::map(std::move(keys));
}

std::optional<std::vector<ItemKey>> keys_of_items(const kube::Place& list) {
  std::vector<ItemKey> keys;
  keys.reserve(list.live.size());
  for (const Value& item : list.live.items()) {
    const auto hash = hash_of_item(list, item);
    if (!hash) {
      return std::nullopt;
    }
    keys.push_back({.hash = *hash});
  }
  if (list.type.list_kind != kube::ListKind::set) {
    count_occurrences(keys);
  }
  return keys;
}

bool same_keys_in_order(const kube::Place& a, const kube::Place& b) {
  if (a.type.list_kind == kube::ListKind::set) {
    return std::ranges::equal(a.live.items(), b.live.items(), {}, member_hash, member_hash);
  }
  const kube::Type& item = *a.type.item();
  return std::ranges::equal(
      a.live.items(), b.live.items(), [&](const Value& in_a, const Value& in_b) {
        return same_keys({.live = in_a, .type = item, .parent = &a},
                         {.live = in_b, .type = item, .parent = &b},
                         a.type);
      });
}

std::optional<std::size_t> ItemIndex::find(const ItemKey& key, std::size_t near) {
  if (near < keys_.size() && key == keys_[near]) {
    return near;
  }
  if (keys_.size() > small_list) {
    return look_up(key);
  }
  const auto found = std::ranges::find(keys_, key);
  return found == keys_.end() ? std::nullopt : std::optional(std::size_t(found - keys_.begin()));
}

std::optional<std::size_t> ItemIndex::look_up(const ItemKey& key) {
  if (by_hash_.empty()) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      by_hash_.emplace(keys_[i].hash, i);
    }
  }
  const auto [begin, end] = by_hash_.equal_range(key.hash);
  const auto found =
      std::find_if(begin, end, [&](const auto& entry) { return key == keys_[entry.second]; });
  return found == end ? std::nullopt : std::optional(found->second);
}

}  // namespace celldrift::compare
