// What of a cell was read, and what is to be said of what was not.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/fleet/cell.hpp"
#include "cli/placed.hpp"

#include <vector>

namespace celldrift::cli {

// One problem for a cell that is not there, else one for each kind that was not read wholly.
std::vector<Problem> coverage_problems(const observe::Observation& observation,
                                       const observe::Wants& wants);

// `gaps`: all coverage_problems of the cell; `kinds`: how many kinds were wanted.
audit::CellSummary summary_of(const fleet::Cell& cell,
                              const observe::Observation& observation,
                              const std::vector<Problem>& gaps,
                              std::size_t kinds);

}  // namespace celldrift::cli
