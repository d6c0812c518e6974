// Differences made to a tree.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <span>

namespace celldrift::audit {

// `desired` with what live has in place of it: what Git states as the cell has it, and what was
// added. Lists keep Git's order; what is new comes last, by its path. A path that does not fit the
// tree leaves it as it is. O(differences × depth × width).
Value with_differences(Value desired, std::span<const compare::Difference> differences);

}  // namespace celldrift::audit
