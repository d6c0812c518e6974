// The text report: what an engineer needs first stands first, and the verdict is repeated where the
// eye ends up.
#include "celldrift/report/report.hpp"
#include "report/page.hpp"
#include "report/sections.hpp"

namespace celldrift::report {
namespace {

void write_hints(Page& page, const audit::Report& report) {
  page.gap();
  page.line(0, summary_line(report));
  write_incomplete(page, report);
  if (!report.findings.empty()) {
    page.line(0, {{"All values in full, and a fingerprint for each finding: -o json", Style::dim}});
  }
  if (!report.complete) {
    page.line(0, {{"Unknown is not clean; --allow-unknown accepts it", Style::dim}});
  }
}

bool has_details(const audit::Report& report) {
  return !report.findings.empty() || !report.problems.empty() || !report.complete;
}

}  // namespace

std::string text(const audit::Report& report, const TextOptions& options) {
  Page page(options.width, options.colour);
  page.line(0, summary_line(report));
  if (options.quiet) {
    return page.take();
  }
  write_incomplete(page, report);
  write_subject(page, report, options);
  write_skew(page, report);
  write_drift(page, report, options);
  write_missing(page, report, options);
  write_extra(page, report, options);
  write_problems(page, report);
  if (has_details(report)) {
    write_hints(page, report);
  }
  return page.take();
}

}  // namespace celldrift::report
