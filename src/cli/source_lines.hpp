// The lines of a file in Git around one that a finding is about.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/report/explanation.hpp"

#include <string_view>
#include <vector>

namespace celldrift::cli {

// Of `text`, the file. Only lines that say nothing but what `object`, as it was compared, says too:
// it has no secrets left. Where the object has a value on a line that says more, the line is
// hidden; what else lies in the file (comments, other objects) is left out.
std::vector<report::SourceLine> source_lines(std::string_view text,
                                             const Mark& mark,
                                             const Value& object);

}  // namespace celldrift::cli
