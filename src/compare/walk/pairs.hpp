// Which live item each stated item of a list is.
#pragma once

#include "compare/walk/item_keys.hpp"

#include <optional>
#include <vector>

namespace celldrift::compare {

// For each stated item the position of its live one; nothing for what is not live.
using Pairs = std::vector<std::optional<std::size_t>>;

// By all keys. Nothing when an item has none of them.
std::optional<Pairs> pairs_by_keys(const kube::Place& stated, const kube::Place& live);

// The same where no schema tells which keys the server defaults: what has no live item by all keys
// and does not state each of them is matched by those that it states. Nothing as well when that
// leaves a choice.
std::optional<Pairs> pairs_by_stated_keys(const kube::Place& stated, const kube::Place& live);

}  // namespace celldrift::compare
