// Which rows of the matrix are asked for.
#pragma once

#include "celldrift/report/report.hpp"

#include <vector>

namespace celldrift::report {

// In the order of the report. With `cells` those that one of them has something of.
std::vector<const audit::VersionRow*> chosen_rows(const audit::Report& report,
                                                  const SkewOptions& what);

}  // namespace celldrift::report
