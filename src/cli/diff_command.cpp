#include "cli/diff_command.hpp"

#include "celldrift/audit/parity.hpp"
#include "celldrift/cli/run.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/report/cell_diff.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/results.hpp"
#include "cli/text_options.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

bool matches_any(const std::vector<std::string>& globs, const std::string& name) {
  return globs.empty() || std::ranges::any_of(globs, [&](const std::string& glob) {
           return glob_match(glob, name);
         });
}

// Leaves what --app and --component ask for; a glob that nothing matches is a mistake.
void select(audit::Input& input, const DiffOptions& what) {
  const auto is_other = [&](const auto& each) {
    return !matches_any(what.applications, each.application) ||
           !matches_any(what.components, each.component);
  };
  std::erase_if(input.expected, [&](const audit::Expected& each) {
    return is_other(each) || (each.cell != what.left && each.cell != what.right);
  });
  std::erase_if(input.applications, is_other);
  std::erase_if(input.problems, [&](const Problem& problem) {
    return !problem.application.empty() && !matches_any(what.applications, problem.application);
  });
  const bool is_asked = !what.applications.empty() || !what.components.empty();
  for (audit::KnownCell& cell : input.known) {
    cell.substrate.is_known = cell.substrate.is_known && !is_asked;
  }
  if (is_asked && input.expected.empty()) {
    throw Error(ErrorCode::usage,
                "neither cell has an Application that --app and --component ask for; see celldrift "
                "apps");
  }
}

std::string written(const audit::CellDiff& diff,
                    const std::string& format,
                    const report::TextOptions& options) {
  if (format == "json") {
    return report::cell_diff_json(diff);
  }
  return format == "unified" ? report::cell_diff_unified(diff, options)
                             : report::cell_diff_text(diff, options);
}

}  // namespace

int diff(const Options& flags, const DiffOptions& what) {
  Options options = flags;
  options.only_cells = {what.left, what.right};
  options.history = 0;  // which commit a cell runs is not asked
  const Setup setup = set_up(options);
  Audited audited = audit_fleet(setup);
  audit::Input& input = *audited.input;
  select(input, what);
  const audit::CellDiff diff = audit::diff_cells(
      input, what.left, what.right, what.raw ? audit::Values::raw : audit::Values::abstract);
  write_outputs(options, [&](const std::string& format, Destination destination) {
    return written(diff, format, text_options(options, destination));
  });
  const bool is_undeclared =
      std::ranges::any_of(diff.differences, [](const audit::CellDifference& difference) {
        return difference.nature == audit::CellDifference::Nature::undeclared ||
               difference.nature == audit::CellDifference::Nature::drift;
      });
  return is_undeclared ? exit_findings : exit_code(!diff.complete, options);
}

}  // namespace celldrift::cli
