// `celldrift skew` for people.
#include "celldrift/core/text.hpp"
#include "report/matrix/rows.hpp"
#include "report/matrix/write.hpp"
#include "report/text/sections.hpp"
#include "report/wording/words.hpp"

#include <algorithm>
#include <set>

namespace celldrift::report {
namespace {

using audit::Report;
using audit::Severity;

std::string severities(const Report& report) {
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto number =
        std::size_t(std::ranges::count(report.findings, severity, &audit::Finding::severity));
    if (number > 0) {
      parts.push_back(count(number, describe(severity)));
    }
  }
  return join(parts, ", ");
}

Style style_of_verdict(const Report& report) {
  const bool has_errors =
      std::ranges::count(report.findings, Severity::error, &audit::Finding::severity) > 0;
  return has_errors ? Style::red : report.findings.empty() ? Style::green : Style::yellow;
}

// "out of step: 3 of 212 versions (1 error, 2 notes) in 50 cells".
Line first_line(const Report& report, const SkewOptions& what) {
  SkewOptions everything = what;
  everything.all = true;
  SkewOptions differing = what;
  differing.all = false;
  const std::size_t all = chosen_rows(report, everything).size();
  const std::size_t out = chosen_rows(report, differing).size();
  const std::string cells = count(report.cells.size(), "cell");
  const std::string incomplete = report.complete ? "" : " (and incomplete)";
  if (out == 0) {
    return {{report.complete ? "in step" : "incomplete",
             report.complete ? Style::green : Style::yellow},
            {": " + count(all, "version") + " in " + cells}};
  }
  return {{"out of step", style_of_verdict(report)},
          {incomplete + ": " + std::to_string(out) + " of " + count(all, "version") + " (" +
           severities(report) + ") in " + cells}};
}

}  // namespace

std::string skew_text(const Report& report, const SkewOptions& what, const TextOptions& options) {
  Page page(options.width, options.colour);
  page.line(0, first_line(report, what));
  if (options.quiet) {
    return page.take();
  }
  write_incomplete(page, report);
  write_subject(page, report, options);
  const std::vector<const audit::VersionRow*> rows = chosen_rows(report, what);
  if (!rows.empty()) {
    page.gap();
    write_matrix(page,
                 matrix_of(report, rows, what.cells),
                 report,
                 {.whole = true, .width = std::max<std::size_t>(options.width, 40)},
                 options);
  }
  write_skew(page, report, options);
  write_problems(page, report);
  return page.take();
}

}  // namespace celldrift::report
