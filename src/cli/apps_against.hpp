// `celldrift apps --against REV`.
#pragma once

#include "cli/cells.hpp"
#include "cli/commands.hpp"

namespace celldrift::cli {

// Error(usage) for flags that --against excludes.
void check_against(const Options& options, const AppsOptions& what);

// Expands the repo at both revisions, writes what differs, and returns the exit code.
int compare_revisions(const Setup& setup, const AppsOptions& what);

}  // namespace celldrift::cli
