// Two texts aligned, line by line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::report {

struct DiffLine {
  enum class Side { both, want, have, left_out };
  Side side = Side::both;
  std::string text;  // of left_out: what was left out, in words
};

// Lines without their ends; a last line that has none says so, as that is a difference too.
std::vector<std::string> lines_of(std::string_view text);

// All lines of both; within each change first what Git wants, then what the cell has. Texts that
// differ in too many lines to be aligned in reasonable time are one change.
std::vector<DiffLine> align(std::vector<std::string> want, std::vector<std::string> have);

}  // namespace celldrift::report
