// Two texts, line by line.
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

// The lines that differ, with one line of context, at most `limit` lines. Texts that differ in too
// many lines to be aligned in reasonable time are shown as one block each.
std::vector<DiffLine> line_diff(std::string_view want, std::string_view have, std::size_t limit);

}  // namespace celldrift::report
