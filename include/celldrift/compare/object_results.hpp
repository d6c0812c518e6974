// How the objects of one Application stand in one cell.
#pragma once

#include "celldrift/compare/match.hpp"
#include "celldrift/core/shared_list.hpp"

namespace celldrift::compare {

// Cells that are alike hold one list between them.
using ObjectResults = SharedList<ObjectResult>;

}  // namespace celldrift::compare
