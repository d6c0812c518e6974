// The walk behind Repository::history.
#pragma once

#include "celldrift/git/history.hpp"
#include "git/commit_graph.hpp"

namespace celldrift::git {

// Newest first by committer time, a commit never before one that it is a parent of and that was
// found. Error(repository) when a commit that it starts from is not here.
PathHistory history_in(CommitGraph& graph,
                       const HistoryQuestion& question,
                       const HistoryLimits& limits);

}  // namespace celldrift::git
