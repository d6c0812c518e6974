// Desired against live: match by identity, diff by schema, attribute by managedFields.
//
// The invariant: each object of each cell ends in exactly one of equal, drifted, missing, extra,
// unknown.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/path.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

enum class Change {
  modified,  // Git states it, live has something else
  added,     // Git does not state it, live has it, and somebody put it there
  removed,   // Git states it, live lacks it
};
std::string_view describe(Change change);

// Who last wrote a live field, as managedFields tells.
struct Owner {
  std::string manager;
  std::string operation;    // "Apply" or "Update"
  std::string subresource;  // "" for the object itself
  std::optional<Time> time;

  bool operator==(const Owner&) const = default;
};

struct Difference {
  Path path;
  Change change = Change::modified;
  std::optional<Value> want;  // with its mark; nothing for `added`
  std::optional<Value> have;  // nothing for `removed`
  Mark mark;  // the line of Git that wants it; for `added` the nearest stated parent's
  std::optional<Owner> owner;  // nothing when there is no record of who
};

// How two objects differ. `desired` is as Git states it and placed, `live` as the cell has it, both
// without Secret values. Empty when live is what Git wants: equal in meaning, and nobody added
// anything. O(size of both).
//
// Differences are as deep as they can be: per key in open maps (labels, data), per item in keyed
// lists, whole for atomic lists and for structures that Git does not state. What marks an object as
// the `application`'s own is none.
std::vector<Difference> diff(const Value& desired,
                             const Value& live,
                             std::string_view application = "");

}  // namespace celldrift::compare
