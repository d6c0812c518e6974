// A cell as the rights of others see it.
#pragma once

#include "celldrift/compare/rights.hpp"
#include "celldrift/observe/observation.hpp"

namespace celldrift::cli {

// The observation must outlive the view. O(log n) for each question.
compare::CellView cell_view(const observe::Observation& observation);

}  // namespace celldrift::cli
