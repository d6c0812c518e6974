// Version facts that no manifest tells: what pods run, and what the cell is made of.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/observe/observe.hpp"
#include "cli/placed.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

// Adds what has to be read for them, to wants that have the kinds of `placed`: pods where Git has
// workloads, nodes, and where the GitOps tools live. Nothing for a cell that Git has nothing in.
void want_versions(const std::vector<Placed>& placed,
                   const std::string& controller_ns,
                   observe::Wants& wants);

// Leaves only objects that say which version of what runs.
void keep_versions(std::vector<Placed>& placed);

// Fills `running` of Applications whose pods could be read, and their revisions. `compared` is in
// the order of `placed`.
void add_live_versions(const observe::Observation& observation,
                       const std::vector<Placed>& placed,
                       std::vector<audit::ComparedApplication>& compared);

audit::ClusterVersions cluster_versions(const observe::Observation& observation,
                                        const std::vector<Placed>& placed,
                                        const observe::Wants& wants);

// The facts that could not be read, of a cell that could. That is no problem of itself.
std::set<audit::FactKind> unread_versions(const observe::Observation& observation,
                                          const std::vector<Placed>& placed);

}  // namespace celldrift::cli
