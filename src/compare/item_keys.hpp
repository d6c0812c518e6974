// What tells the items of a list apart.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <optional>
#include <vector>

namespace celldrift::compare {

// For each item of the list at `list`, the map of its keys as the API server sees it (a port's
// protocol is a key although nobody states it); for a set, the item itself. Nothing when the items
// cannot be told apart: one without any key, two with the same.
std::optional<std::vector<Value>> keys_of_items(const kube::Place& list);

// The keys of one item; null when it has none.
Value keys_of(const kube::Place& item, const kube::Type& list);

}  // namespace celldrift::compare
