// Cells grouped by what they have of something.
#pragma once

#include "audit/parity/cells.hpp"
#include "celldrift/audit/report.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

// What a cell has: null for nothing.
struct Held {
  std::size_t cell = 0;
  Value value;
};

// Whether a value may be each cell's own: a text that no two of more than two cells have in common.
enum class Own { may_be, never };

// Groups of equal value, as a finding has them: the largest first, then by value. Values are equal
// as they are, with what is the cells' own taken out, or where both are drawn at random (hashes,
// certificates, times). What is each cell's own is one group.
std::vector<ValueGroup> grouped(const Cells& cells, const std::vector<Held>& held, Own own);

// Of the same: which of the groups each cell is in.
std::vector<std::size_t> group_numbers(const Cells& cells, const std::vector<Held>& held, Own own);

}  // namespace celldrift::audit
