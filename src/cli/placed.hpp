// Applications with their objects placed in a cell, and what must be read of the cell for them.
#pragma once

#include "celldrift/observe/observe.hpp"
#include "cli/desired.hpp"
#include "cli/placed_objects.hpp"

#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace celldrift::cli {

struct Placed {
  const fleet::Application* application;
  PlacedObjects objects;
  // Of them, the Namespace that only managedNamespaceMetadata states.
  std::optional<ObjectKey> managed_namespace = {};
};

struct PlaceInto {
  const fleet::Cell& cell;
  const ScopeTable& served;  // what the cell says of its kinds
  const fleet::Projects& projects;
  Placements& placements;  // of all cells
};

// Those Applications that were rendered, with their objects in the cell's namespaces. What is
// refused or cannot be placed is a problem.
std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const PlaceInto& cell,
                              std::vector<Problem>& problems);

// The objects of each.
std::vector<PlacedObjects> lists_of(const std::vector<Placed>& placed);

// The kinds that Git has, at the versions that it states, where it states them.
observe::Wants wants_of(const std::vector<Placed>& placed);

// All that the Applications want, under each key that it can be live under.
std::set<ObjectKey> wanted_keys(std::span<const Placed> placed);

// The CustomResourceDefinitions among them.
std::vector<Value> definitions_in(const std::vector<Placed>& placed);

}  // namespace celldrift::cli
