// A component's Applications in all of its cells, lined up object by object.
#pragma once

#include "audit/parity/abstraction.hpp"
#include "celldrift/audit/audit.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

struct Member {
  const ComparedApplication* application = nullptr;
  const KnownCell* known = nullptr;  // nullptr: nothing is known but the comparison
  const CellSummary* summary = nullptr;
};

// Only cells that run one Application of it: which of several is which cannot be told.
struct Component {
  std::string name;
  std::vector<Member> members;  // sorted by cell
  Abstraction abstraction;      // its sides are the members
};

// The same object in some cells. Sides are live, and Git wants them.
struct Line {
  struct Side {
    std::size_t member = 0;
    const compare::ObjectResult* result = nullptr;
  };
  std::vector<Side> sides;  // by member
  ObjectRef shared;         // with what is the cells' own taken out
};

// Those of two cells or more, sorted by name. `only`: these cells alone; all when empty.
std::vector<Component> components_of(const Input& input, const std::vector<std::string>& only = {});

// The objects that two members or more have. By name where the names are the same, else by what
// they are with the cells' own taken out.
std::vector<Line> lines_of(const Component& component);

}  // namespace celldrift::audit
