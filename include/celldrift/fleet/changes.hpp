// What a change of Git does to the Applications: which it adds, removes and changes.
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/fleet/expand.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::fleet {

// One side: the Applications at one revision, and what could not be expanded there.
struct Side {
  const Expansion& expansion;
  std::set<std::string> sets;  // names of the ApplicationSets that are declared there
};

struct FieldChange {
  Path path;                    // from the Application's root: spec.source.targetRevision
  std::optional<Value> before;  // nothing where the field was not there
  std::optional<Value> after;
};

struct ApplicationChange {
  // unknown: it is on one side only, and the other could not be expanded whole, so that it may be
  // there too.
  enum class Kind { added, removed, changed, unknown };
  Kind kind = Kind::changed;
  const Application* before = nullptr;  // nullptr where it is not there, or not known to be
  const Application* after = nullptr;
  std::vector<FieldChange> fields;  // of a changed one, in the order of the newer object
  std::string reason;               // of an unknown one: the problem of the other side

  // The newer where there is one. Its cell is the one that the change is counted for.
  const Application& application() const { return after != nullptr ? *after : *before; }
};

struct Changes {
  std::vector<ApplicationChange> list;  // by cell, then name
  std::size_t unchanged = 0;
};

// Applications are the same by namespace and name. The Expansions must outlive the result.
Changes changes_between(const Side& before, const Side& after);

// The fields where two objects differ. Maps are compared by key; lists of Applications by what
// their items are called (helm.parameters[name=tag]), other lists item by item.
std::vector<FieldChange> changed_fields(const Value& before, const Value& after);

// The same of two values at `path`, below which only lists are looked into whose items have names;
// others have changed whole.
std::vector<FieldChange> changed_items(const Path& path, const Value& before, const Value& after);

}  // namespace celldrift::fleet
