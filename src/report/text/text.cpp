// The text report: what an engineer needs first stands first, and the verdict is repeated where the
// eye ends up.
#include "celldrift/report/report.hpp"
#include "report/matrix/write.hpp"
#include "report/page/page.hpp"
#include "report/text/sections.hpp"

namespace celldrift::report {
namespace {

void hint(Page& page, std::string text) {
  page.line(0, {{std::move(text), Style::dim}});
}

void write_hints(Page& page, const audit::Report& report, const TextOptions& options) {
  page.gap();
  page.line(0, summary_line(report));
  write_incomplete(page, report);
  if (!report.findings.empty()) {
    hint(page,
         std::string(options.full ? "" : "All of it: --full; as diffs: -o unified; ") +
             "celldrift explain FINGERPRINT tells why");
  }
  if (!report.ignored.empty() && !options.show_ignored) {
    hint(page, "What ignoreDifferences hides: --show-ignored");
  }
  if (!report.hidden.empty() && !options.show_ignored) {
    hint(page, "What waivers and rules hide: --show-ignored");
  }
  if (!report.complete) {
    hint(page, "Unknown is not clean; --allow-unknown accepts it");
  }
}

bool has_details(const audit::Report& report) {
  return !report.findings.empty() || !report.problems.empty() || !report.complete ||
         !report.by_right.empty() || !report.ignored.empty() || !report.hidden.empty();
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
  write_short_matrix(page, report, options);
  write_skew(page, report, options);
  write_parity(page, report, options);
  write_drift(page, report, options);
  write_missing(page, report, options);
  write_extra(page, report, options);
  write_others(page, report, options);
  write_accepted(page, report, options);
  write_problems(page, report);
  if (has_details(report)) {
    write_hints(page, report, options);
  }
  return page.take();
}

}  // namespace celldrift::report
