// The places at which an object is not the same in all cells that have it.
#pragma once

#include "audit/substrate/groups.hpp"
#include "audit/substrate/lines.hpp"
#include "celldrift/core/path.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

struct Spot {
  Path path;               // as in the object
  std::string text;        // with what is the cells' own taken out
  std::vector<Held> held;  // by the cells that have the object
};

// In the order of the object. Left out is what is another in each cell by nature, and what is told
// elsewhere: default classes, versions of definitions. O(size) of each form that there is.
std::vector<Spot> spots_of(const Cells& cells, const SubstrateLine& line);

// The kind that the CustomResourceDefinition defines; nothing for other objects.
std::optional<GroupKind> defined_by(const SubstrateLine& line);

}  // namespace celldrift::audit
