// Applications with their objects placed in a cell, and what must be read of the cell for them.
#pragma once

#include "celldrift/observe/observe.hpp"
#include "cli/desired.hpp"

#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace celldrift::cli {

struct Placed {
  const fleet::Application* application;
  std::vector<std::pair<ObjectKey, Value>> objects;
  // Of them, the Namespace that only managedNamespaceMetadata states.
  std::optional<ObjectKey> managed_namespace = {};
};

// Those Applications that were rendered, with their objects in the cell's namespaces; `served` is
// what the cell says of its kinds. What is refused or cannot be placed is a problem.
std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const ScopeTable& served,
                              const fleet::Projects& projects,
                              const fleet::Cell& cell,
                              std::vector<Problem>& problems);

// The kinds that Git has, at the versions that it states, where it states them.
observe::Wants wants_of(const std::vector<Placed>& placed);

// All that the Applications want, under each key that it can be live under.
std::set<ObjectKey> wanted_keys(std::span<const Placed> placed);

// The CustomResourceDefinitions among them.
std::vector<Value> definitions_in(const std::vector<Placed>& placed);

}  // namespace celldrift::cli
