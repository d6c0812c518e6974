#include "audit/diff/parts.hpp"

#include <algorithm>

namespace celldrift::audit {

std::optional<Value> value_in(const std::string& cell, const std::vector<ValueGroup>& values) {
  for (const ValueGroup& group : values) {
    if (!group.value.is_null() && std::ranges::find(group.cells, cell) != group.cells.end()) {
      return group.value;
    }
  }
  return std::nullopt;
}

const std::string& other_cell(const CellDiff& diff, const std::string& cell) {
  return cell == diff.left.name ? diff.right.name : diff.left.name;
}

void set_there(CellDifference& difference, const CellDiff& diff, const std::string& cell) {
  (cell == diff.left.name ? difference.left : difference.right) = Value::string("there");
}

}  // namespace celldrift::audit
