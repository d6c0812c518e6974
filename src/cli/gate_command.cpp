#include "cli/gate_command.hpp"

#include "celldrift/audit/gate.hpp"
#include "celldrift/cli/run.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/report/gate.hpp"
#include "cli/audit_fleet.hpp"
#include "cli/results.hpp"
#include "cli/text_options.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::cli {
namespace {

// The two revisions.
struct Revisions {
  RepoOptions base;
  RepoOptions target;
};

std::string commit_of(const RepoOptions& repo) {
  return Manifests(repo).info().commit;
}

// What celldrift.yaml names is what Git wants now.
Revisions revisions_of(const RepoOptions& flags, const Setup& setup, const GateOptions& what) {
  if (flags.revision.empty() && !flags.worktree) {
    throw Error(ErrorCode::usage,
                "--revision is missing: the branch, tag or commit that is to be deployed");
  }
  Revisions revisions{.base = setup.options.repo, .target = setup.options.repo};
  revisions.target.revision = flags.revision;
  revisions.base.worktree = false;
  revisions.base.revision = what.base.empty() ? setup.config.revision : what.base;
  revisions.base.opened = std::make_shared<OpenedRepositories>(
      std::vector<std::string>{revisions.base.revision, "", flags.revision});
  revisions.target.opened = revisions.base.opened;
  RepoOptions head = revisions.base;
  head.revision.clear();
  // What follows the branch that is deployed goes with it; what is pinned stays.
  const std::string base = commit_of(revisions.base);
  revisions.base.followed = {base, commit_of(head)};
  revisions.target.followed = revisions.base.followed;
  if (!flags.worktree && commit_of(revisions.target) == base) {
    throw Error(ErrorCode::usage,
                "--revision " + flags.revision + " is " + base.substr(0, 10) +
                    ", which Git wants already: say with --base what it wanted before");
  }
  return revisions;
}

// "canary", or 1 for the first.
std::size_t wave_of(const std::string& text, const std::vector<audit::Wave>& waves) {
  const auto named = std::ranges::find(waves, text, &audit::Wave::name);
  if (named != waves.end()) {
    return std::size_t(named - waves.begin());
  }
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= 1 &&
      number <= waves.size()) {
    return number - 1;
  }
  std::vector<std::string> names;
  std::ranges::transform(waves, std::back_inserter(names), &audit::Wave::name);
  throw Error(ErrorCode::usage,
              "--wave " + text + ": there is no such wave; " +
                  (names.empty() ? "celldrift.yaml states none under waves"
                                 : "there are " + join(names, ", ")));
}

audit::LabelsOfCells labels_of(const audit::Report& report) {
  audit::LabelsOfCells labels;
  for (const audit::CellSummary& cell : report.cells) {
    labels[cell.name] = cell.labels;
  }
  return labels;
}

bool is_in_wave(const audit::GateInput& input,
                const std::string& cell,
                const audit::LabelsOfCells& labels) {
  if (!input.wave) {
    return true;
  }
  const auto& waves = input.rules->waves;
  const auto first = std::ranges::find_if(
      waves, [&](const audit::Wave& wave) { return wave.cells.matches(cell, labels); });
  return std::size_t(first - waves.begin()) == *input.wave;
}

// The cells that get the deploy. A glob that names none is a mistake of whoever wrote it.
std::set<std::string> receivers(const audit::GateInput& input, const GateOptions& what) {
  const audit::LabelsOfCells labels = labels_of(input.now);
  std::set<std::string> names;
  for (const std::string& glob : what.cells) {
    if (std::ranges::none_of(input.now.cells, [&](const audit::CellSummary& cell) {
          return glob_match(glob, cell.name);
        })) {
      std::vector<std::string> known;
      std::ranges::transform(input.now.cells, std::back_inserter(known), &audit::CellSummary::name);
      throw Error(ErrorCode::usage,
                  "--cells " + glob + ": there is none; there are " + join(known, ", "));
    }
  }
  for (const audit::CellSummary& cell : input.now.cells) {
    const bool is_named =
        what.cells.empty() || std::ranges::any_of(what.cells, [&](const std::string& glob) {
          return glob_match(glob, cell.name);
        });
    if (is_named && is_in_wave(input, cell.name, labels)) {
      names.insert(cell.name);
    }
  }
  if (names.empty()) {
    throw Error(ErrorCode::usage, "no cell gets the deploy: none is in --wave and in --cells");
  }
  return names;
}

int exit_code_of(audit::GateVerdict verdict) {
  switch (verdict) {
    case audit::GateVerdict::go:
      return exit_clean;
    case audit::GateVerdict::no_go:
      return exit_findings;
    case audit::GateVerdict::unknown:
      break;
  }
  return exit_incomplete;
}

}  // namespace

int gate(const Options& flags, const GateOptions& what) {
  audit::GatePolicy policy = audit::gate_policy(what.policy);
  if (flags.allow_unknown) {
    policy[audit::GateReason::unknown] = audit::GateAction::warn;
  }
  Setup setup = set_up(flags);
  const Revisions revisions = revisions_of(flags.repo, setup, what);
  setup.options.repo = revisions.base;
  setup.options.rehearse = revisions.target;
  setup.options.history = 0;  // which commit a cell runs is not asked
  audit::GateInput input = *audit_fleet(setup).rehearsed;
  input.policy = std::move(policy);
  if (!what.wave.empty()) {
    input.wave = wave_of(what.wave, input.rules->waves);
  }
  input.receives = receivers(input, what);
  const audit::GateReport report = audit::gate(std::move(input));
  write_outputs(setup.options, [&](const std::string& format, Destination destination) {
    return format == "json" ? report::gate_json(report)
                            : report::gate_text(report, text_options(setup.options, destination));
  });
  return exit_code_of(report.verdict);
}

}  // namespace celldrift::cli
