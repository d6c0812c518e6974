// What tells the items of a list apart.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <optional>
#include <unordered_map>
#include <vector>

namespace celldrift::compare {

struct ItemKey {
  Hash hash;                   // of the keys; of a set of the item itself
  std::size_t occurrence = 0;  // how many items of a keyed list before it have the same keys

  bool operator==(const ItemKey&) const = default;
};

// For each item of the list at `list`, its keys as the API server sees them (a port's protocol is a
// key although nobody states it). Two items may have the same (an environment variable that is set
// twice): those are told apart by their order. Nothing when an item has no key at all.
std::optional<std::vector<ItemKey>> keys_of_items(const kube::Place& list);

// True when the items of both lists have keys, the same in the same order: most lists are as Git
// states them.
bool same_keys_in_order(const kube::Place& a, const kube::Place& b);

// The keys of one item, as a map; null when it has none.
Value keys_of(const kube::Place& item, const kube::Type& list);

// Finds items by their keys. O(1) after a first look. The keys must outlive it.
class ItemIndex {
 public:
  explicit ItemIndex(const std::vector<ItemKey>& keys) : keys_(keys) {}

  // The position of the item with this key; nothing when there is none. `near` is where it may well
  // be.
  std::optional<std::size_t> find(const ItemKey& key, std::size_t near);

 private:
  std::optional<std::size_t> look_up(const ItemKey& key);

  const std::vector<ItemKey>& keys_;
  std::unordered_multimap<Hash, std::size_t> by_hash_;  // empty for small lists
};

}  // namespace celldrift::compare
