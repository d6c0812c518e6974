// `celldrift rules test`.
#pragma once

#include "celldrift/audit/rules.hpp"
#include "cli/options.hpp"

#include <string>

namespace celldrift::cli {

// Applies the rules to the JSON report in a file ("-": standard input), writes what each matches
// and what is left, and returns the exit code that a check with them would have ended with.
int test_rules(const Options& options, const std::string& report, const audit::Rules& rules);

}  // namespace celldrift::cli
