// The values that a difference between cells is told with.
#pragma once

#include "audit/parity/entries.hpp"
#include "celldrift/audit/report.hpp"

#include <vector>

namespace celldrift::audit {

// One for each group of the entries, its cells sorted: the largest first, then by value. A value is
// as it is where all of the group have it so, else with what is the cells' own taken out; null
// where they have none.
std::vector<ValueGroup> value_groups(const Entries& entries);

}  // namespace celldrift::audit
