// The objects of Argo CD and Flux that a cluster has, beside what Git says of them.
#pragma once

#include "celldrift/audit/claims.hpp"
#include "celldrift/compare/compare.hpp"
#include "cli/cells.hpp"
#include "cli/desired.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/status_revisions.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::cli {

// What Git says, the same for all clusters. Thread-safe. What it is made of must outlive it.
class ToolExpectations {
 public:
  ToolExpectations(const DesiredFleet& desired,
                   const fleet::Fleet& fleet,
                   std::string controller_ns,
                   Manifests& manifests,
                   const RepoOptions& options);

  // Where Argo CD is known to look for Applications.
  const std::set<std::string>& namespaces() const { return namespaces_; }
  // Null where Git makes none of that name.
  const fleet::Application* application(const std::string& ns, const std::string& name) const;
  const Value* set(const std::string& ns, const std::string& name) const;
  std::vector<audit::GitApplication> applications() const;
  std::vector<audit::ExpectedSet> sets() const;
  // The cell that a live Application deploys to; "" for none.
  std::string cell_of(const Value& application) const;
  // Whether one of its sources lies in a repository that Git's Applications take from.
  bool uses_our_repos(const Value& application) const;
  StatusRevisions& revisions() { return revisions_; }
  const fleet::GlobalProjects& global_projects() const { return global_projects_; }
  // What a GitRepository of Flux has fetched, where that is not what Git has by now.
  std::optional<audit::StatusRevision> flux_revision(const Value& source);
  // The suspended ones among Flux's objects in the audited repo that lie in that namespace.
  const std::set<ObjectKey>& suspended(const std::string& ns);

 private:
  using Place = std::pair<std::string, std::string>;
  const std::map<Place, const fleet::Application*>& by_place() const;

  const fleet::Fleet& fleet_;
  Manifests& manifests_;
  const DesiredFleet& desired_;
  // Made when the first cluster has an Application.
  mutable std::once_flag is_indexed_;
  mutable std::map<Place, const fleet::Application*> applications_;
  std::map<Place, const Value*> sets_;
  std::set<std::string> namespaces_;
  std::set<std::string> repos_;  // normalised
  StatusRevisions revisions_;
  fleet::GlobalProjects global_projects_;
  std::mutex mutex_;
  std::map<std::string, std::set<ObjectKey>> suspended_;
};

// Adds what has to be read for it; that it cannot be is no problem of the cell.
void want_tools(const ToolExpectations& git, observe::Wants& wants);

struct ToolQuestion {
  std::string cluster;  // as people call it
  bool is_hub = false;
  const observe::Observation& observation;
  HiddenSecrets& secrets;
  const compare::Context& context;
  // Of the cell: what is told of its objects already.
  const std::vector<audit::ComparedApplication>& compared;
};

// Nothing for a cluster that has neither tool.
std::optional<audit::ToolState> tool_state(const ToolQuestion& question, ToolExpectations& git);

// What is to be said of objects of tools that are there and could not be read.
std::vector<Problem> unread_tools(const audit::ToolState& state);

}  // namespace celldrift::cli
