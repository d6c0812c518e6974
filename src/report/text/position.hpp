// Where cells stand to what most of the fleet runs, in words.
#pragma once

#include "celldrift/audit/report.hpp"

#include <string>

namespace celldrift::report {

// " ← one minor behind, set by hand (kubectl-edit)"; "" for the fleet's own group, unless it is to
// be told from others that Git wants.
std::string position(const audit::Finding& finding, const audit::ValueGroup& group);

}  // namespace celldrift::report
