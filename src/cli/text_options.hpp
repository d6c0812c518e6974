// How text is written, from the options.
#pragma once

#include "celldrift/report/report.hpp"
#include "cli/options.hpp"
#include "cli/results.hpp"

namespace celldrift::cli {

report::TextOptions text_options(const Options& options, Destination destination);

}  // namespace celldrift::cli
