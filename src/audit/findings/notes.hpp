// Differences that are no findings: what others change by right, and what rules hide.
#pragma once

#include "audit/held_lists.hpp"

#include <vector>

namespace celldrift::audit {

// Fills by_right and ignored of the report, and their counts: one note for each rule, path and kind
// of who may do it (a webhook: each by its name), over all objects and cells. The order of the
// input does not matter.
void add_notes(const std::vector<HeldList>& lists, Report& report);

}  // namespace celldrift::audit
