// Unified diffs: the hunks of two texts.
#pragma once

#include "report/sides/align.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

// The lines of the hunks, "@@ -1,4 +1,5 @@" and what follows, with `context` equal lines around
// changes; none for equal texts. `patch` turns the one text into the other by them.
std::vector<std::string> hunks(const std::vector<std::string>& want,
                               const std::vector<std::string>& have,
                               std::size_t context);

}  // namespace celldrift::report
