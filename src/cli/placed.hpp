// Applications with their objects placed in a cell, and what must be read of the cell for them.
#pragma once

#include "celldrift/observe/observe.hpp"
#include "cli/desired.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::cli {

struct Placed {
  const fleet::Application* application;
  std::vector<std::pair<ObjectKey, Value>> objects;
};

// Those Applications that were rendered, with their objects in the cell's namespaces; `served` is
// what the cell says of its kinds. What is refused or cannot be placed is a problem.
std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const ScopeTable& served,
                              const fleet::Projects& projects,
                              const fleet::Cell& cell,
                              std::vector<Problem>& problems);

// Each kind with the versions that Git states it at, in order. Mostly one.
using Versions = std::map<GroupKind, std::set<std::string>>;
Versions versions_of(const std::vector<Placed>& placed);

// An object is read at the version that Git states: the kinds' first versions are read together,
// then the second ones, and so on. The number of the reading that has this object's.
std::size_t reading_of(const Versions& versions, const ObjectKey& key, const Value& object);

// What each reading asks for.
using Wanted = std::map<GroupKind, observe::Wanted>;
std::vector<Wanted> wanted_kinds(const std::vector<Placed>& placed, const Versions& versions);

}  // namespace celldrift::cli
