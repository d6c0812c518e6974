// `celldrift skew`: the matrix of components and cells.
#include "celldrift/core/text.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/results.hpp"
#include "cli/text_options.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

using Names = std::vector<std::string>;

bool matches_any(const Names& globs, const std::string& name) {
  return std::ranges::any_of(globs,
                             [&](const std::string& glob) { return glob_match(glob, name); });
}

// Those that the globs name. A glob that names none is a mistake of whoever wrote it.
Names named(std::string_view flag, const Names& globs, const std::set<std::string>& there) {
  for (const std::string& glob : globs) {
    if (std::ranges::none_of(there,
                             [&](const std::string& name) { return glob_match(glob, name); })) {
      throw Error(ErrorCode::usage,
                  std::string(flag) + " " + glob + ": there is none; there are " +
                      join({there.begin(), there.end()}, ", "));
    }
  }
  Names names;
  std::ranges::copy_if(there, std::back_inserter(names), [&](const std::string& name) {
    return matches_any(globs, name);
  });
  return names;
}

std::set<std::string> cells_of(const audit::Report& report) {
  std::set<std::string> names;
  for (const audit::CellSummary& cell : report.cells) {
    names.insert(cell.name);
  }
  return names;
}

std::set<std::string> components_of(const audit::Report& report) {
  std::set<std::string> names;
  for (const audit::VersionRow& row : report.versions) {
    names.insert(row.component);
  }
  return names;
}

bool concerns(const audit::Finding& finding, const Names& cells) {
  const auto has_one = [&](const Names& names) {
    return std::ranges::find_first_of(names, cells) != names.end();
  };
  return cells.empty() || has_one(finding.cells) ||
         std::ranges::any_of(finding.lag, has_one, &audit::Lag::cells);
}

// Leaves the findings that are asked for; rows without one are in step, as far as was asked.
void keep_asked(audit::Report& report, const report::SkewOptions& what) {
  std::erase_if(report.findings, [&](const audit::Finding& finding) {
    return !concerns(finding, what.cells) ||
           !(what.components.empty() || matches_any(what.components, finding.component));
  });
  std::set<std::string_view> left;
  for (const audit::Finding& finding : report.findings) {
    left.insert(finding.fingerprint);
  }
  for (audit::VersionRow& row : report.versions) {
    std::erase_if(row.findings,
                  [&](const std::string& finding) { return !left.contains(finding); });
  }
}

report::SkewOptions options_of(const SkewFlags& flags, const audit::Report& report) {
  report::SkewOptions options{.all = flags.all, .components = flags.components, .cells = {}};
  named("--component", flags.components, components_of(report));
  options.cells = named("--cell", flags.cells, cells_of(report));
  return options;
}

}  // namespace

int skew(const Options& flags, const SkewFlags& what) {
  Setup setup = set_up(flags);
  setup.options.look = audit::Look::versions;
  Audited audited = audit_fleet(setup);
  const report::SkewOptions options = options_of(what, audited.report);
  keep_asked(audited.report, options);
  write_outputs(setup.options, [&](const std::string& format, Destination destination) {
    return format == "json"
               ? report::skew_json(audited.report, options)
               : report::skew_text(
                     audited.report, options, text_options(setup.options, destination));
  });
  return exit_code_of(audited.report, setup.options);
}

}  // namespace celldrift::cli
