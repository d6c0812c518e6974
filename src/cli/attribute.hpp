// Who last changed the lines of Git that findings are about.
#pragma once

#include "celldrift/audit/report.hpp"
#include "cli/manifests.hpp"

#include <vector>

namespace celldrift::cli {

// Fills in `origin`, or `origin_unknown` with the reason. Never throws: what the history does not
// tell is no failure of an audit.
void attribute(std::vector<audit::Finding>& findings, Manifests& manifests);

}  // namespace celldrift::cli
