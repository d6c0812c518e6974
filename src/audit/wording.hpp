// Words that findings of several kinds are told in.
#pragma once

#include "celldrift/audit/report.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

// "cell-a, cell-b", "cell-a, cell-b, … (48 cells)" for more than three.
std::string cells_text(const std::vector<std::string>& cells);

// Which cells have which value, the first groups of many: "1.2 in cell-a, nothing in cell-b, … and
// 46 more values".
std::string values_text(const std::vector<ValueGroup>& values);

}  // namespace celldrift::audit
