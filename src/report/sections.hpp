// The parts of the text report, in the order in which they are written.
#pragma once

#include "celldrift/report/report.hpp"
#include "report/page.hpp"

namespace celldrift::report {

// One line: "drifted: 3 findings (2 errors, 1 warning) in 2 of 3 cells; 12 objects compared".
Line summary_line(const audit::Report& report);
// What was audited: the manifests, and how old snapshots are.
void write_subject(Page& page, const audit::Report& report, const TextOptions& options);

void write_skew(Page& page, const audit::Report& report);
void write_drift(Page& page, const audit::Report& report, const TextOptions& options);
void write_missing(Page& page, const audit::Report& report, const TextOptions& options);
void write_extra(Page& page, const audit::Report& report, const TextOptions& options);

// "INCOMPLETE: cell-c could not be read: …"; nothing when the report is complete.
void write_incomplete(Page& page, const audit::Report& report);
// Each thing that could not be looked at with its reason, then what else is worth knowing.
void write_problems(Page& page, const audit::Report& report);

}  // namespace celldrift::report
