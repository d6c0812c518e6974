// The entries of several maps, or the items of several lists, that are each other's.
#pragma once

#include "celldrift/compare/side_by_side.hpp"
#include "celldrift/kube/defaults.hpp"

#include <optional>

namespace celldrift::compare {

using SideNodes = std::vector<SideNode>;  // by side

// What sides have under one key. Where a key is named after its cell, they are found by what it is
// with that taken out.
struct Child {
  std::string_view name;  // of a map's entry, as the first side that has it
  SideNodes nodes;
  std::vector<std::size_t> indexes;  // of a list's item, by side
};

// Of maps, in the order of the sides; no map has no entries.
std::vector<Child> entries_of(const SideNodes& maps, const Abstract& abstract);

// Of lists, of which `list` is one; no list has no items. Nothing when items cannot be told apart.
std::optional<std::vector<Child>> items_of(const SideNodes& lists,
                                           const kube::Place& list,
                                           const Abstract& abstract);

// The first side that has something there.
std::size_t first_of(const SideNodes& nodes);

}  // namespace celldrift::compare
