#include "compare/walk/pairs.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace celldrift::compare {
namespace {

using Names = std::vector<std::string_view>;

bool states(const Value& item, std::string_view key) {
  const Value* value = item.find(key);
  return value != nullptr && !value->is_null();
}

// The items without a live one that leave out a key.
std::vector<std::size_t> left_over(const kube::Place& stated, const Pairs& pairs) {
  std::vector<std::size_t> items;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool is_full = std::ranges::all_of(stated.type.list_keys, [&](std::string_view key) {
      return states(stated.live.items()[i], key);
    });
    if (!pairs[i] && !is_full) {
      items.push_back(i);
    }
  }
  return items;
}

// The keys that all of these items state.
Names shared_keys(const kube::Place& stated, const std::vector<std::size_t>& items) {
  Names names(stated.type.list_keys.begin(), stated.type.list_keys.end());
  std::erase_if(names, [&](std::string_view key) {
    return !std::ranges::all_of(items,
                                [&](std::size_t i) { return states(stated.live.items()[i], key); });
  });
  return names;
}

std::optional<std::vector<ItemKey>> keys_by(const Names& names, const kube::Place& list) {
  kube::Type type = list.type;
  type.list_keys = {names.begin(), names.end()};
  return keys_of_items({.live = list.live, .type = type, .field = list.field});
}

// The positions of unpaired live items by their keys; nothing when two have the same.
std::optional<std::unordered_map<Hash, std::size_t>> free_items(const std::vector<ItemKey>& keys,
                                                                const Pairs& pairs) {
  std::vector<bool> is_taken(keys.size(), false);
  for (const auto& position : pairs) {
    if (position) {
      is_taken[*position] = true;
    }
  }
  std::unordered_map<Hash, std::size_t> free;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!is_taken[i] && !free.emplace(keys[i].hash, i).second) {
      return std::nullopt;
    }
  }
  return free;
}

}  // namespace

std::optional<Pairs> pairs_by_keys(const kube::Place& stated, const kube::Place& live) {
  if (same_keys_in_order(stated, live)) {
    Pairs pairs(live.live.size());
    std::iota(pairs.begin(), pairs.end(), std::size_t{0});
    return pairs;
  }
  const auto want_keys = keys_of_items(stated);
  const auto have_keys = want_keys ? keys_of_items(live) : std::nullopt;
  if (!want_keys || !have_keys) {
    return std::nullopt;
  }
  ItemIndex index(*have_keys);
  Pairs pairs;
  pairs.reserve(want_keys->size());
  for (std::size_t i = 0; i < want_keys->size(); ++i) {
    pairs.push_back(index.find((*want_keys)[i], i));
  }
  return pairs;
}

std::optional<Pairs> pairs_by_stated_keys(const kube::Place& stated, const kube::Place& live) {
  auto pairs = pairs_by_keys(stated, live);
  if (!pairs || stated.type.list_kind == kube::ListKind::set) {
    return pairs;
  }
  const std::vector<std::size_t> items = left_over(stated, *pairs);
  if (items.empty()) {
    return pairs;
  }
  const Names names = shared_keys(stated, items);
  const auto want_keys = keys_by(names, stated);
  const auto have_keys = want_keys ? keys_by(names, live) : std::nullopt;
  auto free = have_keys ? free_items(*have_keys, *pairs) : std::nullopt;
  if (!free) {
    return std::nullopt;
  }
  std::unordered_map<Hash, std::size_t> wanted;
  for (const std::size_t i : items) {
    const Hash& key = (*want_keys)[i].hash;
    if (!wanted.emplace(key, i).second) {
      return std::nullopt;
    }
    if (const auto found = free->find(key); found != free->end()) {
      (*pairs)[i] = found->second;
    }
  }
  return pairs;
}

}  // namespace celldrift::compare
