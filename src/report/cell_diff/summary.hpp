// What the writers of `celldrift diff` share.
#pragma once

#include "celldrift/audit/parity.hpp"

#include <string>

namespace celldrift::report {

// "cell-a (Kubernetes v1.35.1) and cell-b: 2 undeclared differences, …".
std::string cell_diff_summary(const audit::CellDiff& diff);

}  // namespace celldrift::report
