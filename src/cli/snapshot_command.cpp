#include "celldrift/cli/run.hpp"
#include "cli/argo_settings.hpp"
#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "cli/read_context.hpp"
#include "cli/results.hpp"
#include "cli/snapshot_cells.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

namespace celldrift::cli {
namespace {

Setup set_up_with(const Options& options, const SnapshotOptions& what) {
  Options flags = options;
  if (!what.context.empty()) {
    flags.fleet.contexts = {what.context};
  }
  return set_up(flags);
}

// Exactly one cell: the named context, or what the fleet flags come to.
fleet::Cell the_cell(const Setup& setup, const SnapshotOptions& what) {
  const ResolvedFleet fleet = resolve_fleet(setup);
  if (fleet.fleet.cells().size() != 1) {
    throw Error(ErrorCode::usage,
                "a snapshot is of one cell, and " + std::to_string(fleet.fleet.cells().size()) +
                    " are named: give one --context");
  }
  fleet::Cell cell = fleet.fleet.cells().front();
  cell.name = what.name.empty() ? cell.name : what.name;
  return cell;
}

// Where -o leads: to standard output, a file, or a name of the cell's own in a folder or store.
class SnapshotTarget {
 public:
  SnapshotTarget(const Options& options, const std::string& output)
      : stores_(store_settings(options)), output_(output) {
    if (store::is_remote(output)) {
      place_ = store::parse_place(output);  // refused before the cell is read
    }
  }

  // Returns where it is, for messages.
  std::string write(const std::string& cell, const observe::Snapshot& snapshot) {
    if (place_) {
      return stores_.put(*place_, store::snapshot_name(cell), observe::encode_snapshot(snapshot));
    }
    if (output_ == "-") {
      write_stdout(observe::encode_snapshot(snapshot));
      return output_;
    }
    std::error_code ignored;
    const bool is_folder =
        output_.ends_with('/') || std::filesystem::is_directory(output_, ignored);
    const std::string file =
        is_folder ? (std::filesystem::path(output_) / store::snapshot_name(cell)).string()
                  : output_;
    observe::write_snapshot(file, snapshot);
    return file;
  }

 private:
  store::Stores stores_;
  std::string output_;
  std::optional<store::Place> place_;
};

std::vector<Problem> gaps(const observe::Observation& observation) {
  std::vector<Problem> problems;
  for (const auto& [kind, coverage] : observation.coverage) {
    if (coverage.state == observe::KindCoverage::State::unknown) {
      problems.push_back(
          {.stage = Stage::observe,
           .cell = observation.cell,
           .message = (kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind) +
                      " could not be read: " + coverage.reason});
    }
  }
  return problems;
}

}  // namespace

int snapshot(const Options& options, const SnapshotOptions& what) {
  const Setup setup = set_up_with(options, what);
  SnapshotTarget target(setup.options, what.output);
  const fleet::Cell cell = the_cell(setup, what);
  kube::Client client(client_options());
  std::vector<Problem> problems;
  const compare::ArgoSettings argo = argo_settings(read_argocd_cm(setup, problems), problems);
  const ReadContext context = read_context(options, client, sensitive_rules(setup, argo));
  CellReader reader(cell, context);
  reader.reach();
  CellState state = reader.read_everything();
  if (!state.observation.reachable) {
    say("no snapshot of " + cell.name + ": " + state.observation.reason);
    return exit_incomplete;
  }
  std::ranges::move(gaps(state.observation), std::back_inserter(problems));
  const std::size_t count = state.observation.objects.size();
  const observe::Snapshot snapshot{
      .observation = std::move(state.observation),
      .labels = cell.labels,
      .key = context.is_fleet_key ? std::nullopt : std::optional(state.key)};
  const std::string where = target.write(cell.name, snapshot);
  if (options.verbosity != Verbosity::quiet) {
    say("recorded " + std::to_string(count) + " objects of " + cell.name + " in " + where);
  }
  return exit_code(say_problems(problems, options), options);
}

}  // namespace celldrift::cli
