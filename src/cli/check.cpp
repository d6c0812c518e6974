#include "celldrift/audit/audit.hpp"
#include "celldrift/cli/run.hpp"
#include "celldrift/report/explanation.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/results.hpp"
#include "cli/terminal.hpp"
#include "cli/text_options.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

std::string format_report(const Audited& audited,
                          const std::string& format,
                          Destination destination,
                          const Options& options) {
  if (format == "json") {
    return report::json(audited.report);
  }
  if (format == "decisions") {
    return report::decisions_json(audited.applications);
  }
  const report::TextOptions text = text_options(options, destination);
  if (format == "unified") {
    return report::unified(audited.report, text);
  }
  const bool explains = options.explain && !text.quiet;
  return (explains ? report::decisions_text(audited.applications, text) + "\n" : "") +
         report::text(audited.report, text);
}

bool wants_decisions(const Options& options) {
  return std::ranges::find(options.outputs, "decisions", &OutputTarget::format) !=
         options.outputs.end();
}

}  // namespace

report::TextOptions text_options(const Options& options, Destination destination) {
  const bool on_terminal = destination == Destination::standard_output;
  const bool colour = on_terminal && use_colour(options.colour);
  return {.colour = colour ? report::Colour::yes : report::Colour::no,
          .width = text_width(),
          .now = options.now,
          .quiet = options.verbosity == Verbosity::quiet,
          .full = options.report.full || options.verbosity == Verbosity::verbose,
          .show_ignored = options.report.show_ignored,
          .context = options.report.context};
}

int check(const Options& flags) {
  Setup setup = set_up(flags);
  setup.options.explain = setup.options.explain || wants_decisions(setup.options);
  return conclude(audit_fleet(setup), setup.options);
}

int conclude(const Audited& audited, const Options& options) {
  write_outputs(options, [&](const std::string& format, Destination destination) {
    return format_report(audited, format, destination, options);
  });
  return exit_code_of(audited.report, options);
}

int exit_code_of(const audit::Report& report, const Options& options) {
  return audit::fails(report, fail_on_severity(options.fail_on))
             ? exit_findings
             : exit_code(!report.complete, options);
}

}  // namespace celldrift::cli
