// The parts of parity(). Each gives findings without order.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

std::vector<Finding> field_parity(const Input& input);
std::vector<Finding> object_parity(const Input& input);
std::vector<Finding> application_parity(const Input& input);

// The cells that are out of line, sorted: those that are not in the largest group; of equally large
// ones what has nothing counts as the fleet's, else the first. `values` as a finding has them.
std::vector<std::string> out_of_line(const std::vector<ValueGroup>& values);

}  // namespace celldrift::audit
