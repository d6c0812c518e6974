// Which commit cells run, in words.
#pragma once

#include "report/text/sections.hpp"

#include <set>
#include <string>
#include <vector>

namespace celldrift::report {

// "cell-b runs 3f2c1ab (1.2), 14 commits and 6 days behind"; cells of which the same is to be said
// stand together. One for each of `proved`, in their order, that was not `said` yet. What is but
// edited by hand, on top of what Git wants, is left out unless everything is shown.
std::vector<std::string> proved_lines(const std::vector<audit::Proved>& proved,
                                      std::set<std::string>& said,
                                      const audit::Report& report,
                                      const TextOptions& options);

// The same for one, with all that differs: "…, hand-edited on top of 3f2c1ab: these 2 fields".
std::string proved_text(const audit::Proved& proved);

}  // namespace celldrift::report
