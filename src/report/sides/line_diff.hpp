// Two texts, line by line, as far as they differ.
#pragma once

#include "report/sides/align.hpp"

namespace celldrift::report {

// The lines that differ, with `context` equal ones around them, at most `limit` lines and a word on
// the rest.
std::vector<DiffLine> line_diff(std::string_view want,
                                std::string_view have,
                                std::size_t limit,
                                std::size_t context = 1);

}  // namespace celldrift::report
