// The parts of the text report, in the order in which they are written.
#pragma once

#include "celldrift/report/report.hpp"
#include "report/page/page.hpp"
#include "report/wording/items.hpp"

#include <functional>

namespace celldrift::report {

// One line: "drifted: 3 findings, 2 causes (2 errors, 1 warning) in 2 of 3 cells; 12 objects
// compared".
Line summary_line(const audit::Report& report);
// What was audited: the manifests, and how old snapshots are.
void write_subject(Page& page, const audit::Report& report, const TextOptions& options);

void write_skew(Page& page, const audit::Report& report, const TextOptions& options);
void write_drift(Page& page, const audit::Report& report, const TextOptions& options);
void write_missing(Page& page, const audit::Report& report, const TextOptions& options);
void write_extra(Page& page, const audit::Report& report, const TextOptions& options);
void write_parity(Page& page, const audit::Report& report, const TextOptions& options);
// The categories that have no section of their own.
void write_others(Page& page, const audit::Report& report, const TextOptions& options);
// What is no finding: what others change by right and, if asked for, what rules hide.
void write_accepted(Page& page, const audit::Report& report, const TextOptions& options);

// "INCOMPLETE: cell-c could not be read: …"; nothing when the report is complete.
void write_incomplete(Page& page, const audit::Report& report);
// Each thing that could not be looked at with its reason, then what else is worth knowing.
void write_problems(Page& page, const audit::Report& report);

// Calls `write` for each item of a category, with a heading for the section and one for each
// component, or for the several that an item spans; after it the commits that its cells are proved
// to run, each once.
void write_items(Page& page,
                 const audit::Report& report,
                 audit::Category category,
                 std::string_view title,
                 const TextOptions& options,
                 const std::function<void(const Item&)>& write);

// "Deployment backend/web in cell-b"; of several objects their names follow on a line of their own.
void write_spots(Page& page,
                 std::size_t indent,
                 const std::vector<Spot>& spots,
                 Style style,
                 const audit::Report& report,
                 const TextOptions& options);

// The names alone, on two lines at most unless all of them are asked for.
void write_names(Page& page,
                 std::size_t indent,
                 const std::vector<Spot>& spots,
                 const audit::Report& report,
                 const TextOptions& options);

}  // namespace celldrift::report
