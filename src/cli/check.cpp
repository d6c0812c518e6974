#include "celldrift/audit/audit.hpp"
#include "celldrift/cli/run.hpp"
#include "celldrift/report/report.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/results.hpp"
#include "cli/terminal.hpp"

namespace celldrift::cli {
namespace {

std::string format_report(const audit::Report& report,
                          const std::string& format,
                          Destination destination,
                          const Options& options) {
  if (format == "json") {
    return report::json(report);
  }
  const bool on_terminal = destination == Destination::standard_output;
  const bool colour = on_terminal && use_colour(options.colour);
  const report::TextOptions how{
      .colour = colour ? report::Colour::yes : report::Colour::no,
      .width = text_width(),
      .now = options.now,
      .quiet = options.verbosity == Verbosity::quiet,
      .full = options.report.full || options.verbosity == Verbosity::verbose,
      .show_ignored = options.report.show_ignored,
      .context = options.report.context};
  return format == "unified" ? report::unified(report, how) : report::text(report, how);
}

}  // namespace

int check(const Options& flags) {
  const Setup setup = set_up(flags);
  return conclude(audit_fleet(setup), setup.options);
}

int conclude(const audit::Report& report, const Options& options) {
  write_outputs(options, [&](const std::string& format, Destination destination) {
    return format_report(report, format, destination, options);
  });
  if (audit::fails(report, fail_on_severity(options.fail_on))) {
    return exit_findings;
  }
  return exit_code(!report.complete, options);
}

}  // namespace celldrift::cli
