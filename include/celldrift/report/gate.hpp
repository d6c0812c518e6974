// Writers of `celldrift gate`. Equal input gives equal bytes. Safe for a terminal whatever is in
// it.
#pragma once

#include "celldrift/audit/gate.hpp"
#include "celldrift/report/report.hpp"

#include <string>

namespace celldrift::report {

// GO or NO GO with the reasons, what waits for nobody to block it, then what the deploy does, cells
// in which it does the same together, and how earlier waves stand.
std::string gate_text(const audit::GateReport& report, const TextOptions& options);

// Schema "celldrift.gate/v1"; see docs/gate.md.
std::string gate_json(const audit::GateReport& report);

}  // namespace celldrift::report
