// How many cells, Applications, objects and findings there are.
#pragma once

#include "audit/held_lists.hpp"

#include <vector>

namespace celldrift::audit {

// Fills in the summary of the report, but for what other stages count (causes, notes), and the
// counts of the input's cells.
void count(Input& input, const std::vector<HeldList>& lists, Report& report);

}  // namespace celldrift::audit
