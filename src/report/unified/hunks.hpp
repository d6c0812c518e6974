// Unified diffs: the hunks of two texts.
#pragma once

#include "report/page/page.hpp"
#include "report/sides/align.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

// The lines of the hunks, "@@ -1,4 +1,5 @@" and what follows, with `context` equal lines around
// changes; none for equal texts. `patch` turns the one text into the other by them.
std::vector<std::string> hunks(const std::vector<std::string>& want,
                               const std::vector<std::string>& have,
                               std::size_t context);

// A value as lines of YAML, printable; none for null.
std::vector<std::string> yaml_lines(const Value& object);

// How a line of a hunk is shown.
Style style_of_line(std::string_view line);

}  // namespace celldrift::report
