// Applications of a component of which the same version facts are to be told.
#pragma once

#include "audit/by_component.hpp"

#include <vector>

namespace celldrift::audit {

// Parts the Applications of one component into groups of those whose facts differ in nothing but
// the cell and the Application's own name: they have the same list of objects, none of it named
// after the Application, the same pods and revisions. In the order of their first ones; each alone
// where a cell has several.
std::vector<Applications> alike(const OfComponent& component);

}  // namespace celldrift::audit
