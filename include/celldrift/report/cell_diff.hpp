// Writers of `celldrift diff`: two cells, and everything that differs between them. Equal input
// gives equal bytes. Safe for a terminal whatever is in it.
#pragma once

#include "celldrift/audit/parity.hpp"
#include "celldrift/report/report.hpp"

#include <string>

namespace celldrift::report {

// What nobody declared first, then drift, then what Git declares and what others may change.
std::string cell_diff_text(const audit::CellDiff& diff, const TextOptions& options);

// A unified diff for each object that differs, from the first cell to the second, as git has them.
std::string cell_diff_unified(const audit::CellDiff& diff, const TextOptions& options);

// Schema "celldrift.cell-diff/v1", see docs/parity.md.
std::string cell_diff_json(const audit::CellDiff& diff);

}  // namespace celldrift::report
