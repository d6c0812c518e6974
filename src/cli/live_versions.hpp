// Version facts that no manifest tells: what pods run, and what the cell is made of.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/observe/observe.hpp"
#include "cli/comparisons.hpp"
#include "cli/placed.hpp"
#include "cli/wanted_together.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::cli {

// Adds what has to be read for them, to wants that have the kinds of `placed`: pods where Git has
// workloads, nodes, and where the GitOps tools live. Nothing for a cell that Git has nothing in.
void want_versions(const std::vector<Placed>& placed,
                   const std::string& controller_ns,
                   observe::Wants& wants);

// Leaves only objects that say which version of what runs.
void keep_versions(std::vector<Placed>& placed, Placements& placements);

// What pods run in a cell, for each of its Applications in their order: the same in all cells that
// have the same objects at the same time, and want the same.
struct RunningInCell {
  std::vector<std::map<ObjectKey, audit::RunningPods>> applications;
  // By whose addresses it is remembered.
  observe::ObjectTable objects;
  std::shared_ptr<const WantedTogether> wanted;
};
using RunningInCells = Recent<RunningInCell>;

struct VersionsQuestion {
  const observe::Observation& observation;
  const CellLikeness& likeness;
  const std::shared_ptr<const WantedTogether>& wanted;
  const std::vector<Placed>& placed;
};
// Fills `running` of Applications whose pods could be read, and their revisions. `compared` is in
// the order of `placed`.
void add_live_versions(const VersionsQuestion& question,
                       RunningInCells& known,
                       std::vector<audit::ComparedApplication>& compared);

audit::ClusterVersions cluster_versions(const observe::Observation& observation,
                                        const std::vector<Placed>& placed,
                                        const observe::Wants& wants);

// The facts that could not be read, of a cell that could. That is no problem of itself.
std::set<audit::FactKind> unread_versions(const VersionsQuestion& question);

}  // namespace celldrift::cli
