// A live Application of Argo CD, beside what Git says of it.
#pragma once

#include "celldrift/fleet/sync_windows.hpp"
#include "cli/tool_state.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::cli {

using LiveObjects = std::vector<std::pair<ObjectKey, const Value*>>;

// A live object without what is long and nobody asks for.
Value trimmed(const Value& live);

// The objects of a kind of which findings about the cell's Applications tell already.
std::set<ObjectKey> keys_compared(const std::vector<audit::ComparedApplication>& compared,
                                  const GroupKind& kind);

// For the Applications of one cluster. What it is given must outlive it.
class ApplicationMatcher {
 public:
  // `projects`: the cluster's AppProjects.
  ApplicationMatcher(const ToolQuestion& question,
                     ToolExpectations& git,
                     const LiveObjects& projects);

  audit::ToolApplication match(const ObjectKey& key, const Value& live);

 private:
  void add_git_side(const ObjectKey& key,
                    const Value& live,
                    const fleet::Application& wanted,
                    audit::ToolApplication& result);
  std::string denied(const Value& live) const;

  const ToolQuestion& question_;
  ToolExpectations& git_;
  std::set<ObjectKey> told_;
  std::map<std::string, fleet::SyncWindows, std::less<>> windows_;  // by project
};

}  // namespace celldrift::cli
