// The whole way from Git to a Report.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/fleet/cell.hpp"
#include "cli/cells.hpp"

namespace celldrift::cli {

// Throws Error only for what makes an audit impossible (the repo, the configuration); everything
// else is a problem in the report.
audit::Report audit_fleet(const Setup& setup);

}  // namespace celldrift::cli
