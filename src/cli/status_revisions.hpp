// The revisions that Argo CD last compared Applications with, beside what Git has by now.
#pragma once

#include "celldrift/audit/claims.hpp"
#include "celldrift/fleet/application.hpp"
#include "cli/manifests.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace celldrift::cli {

// One for a run. Thread-safe; each pair of commits is looked at once for each path.
class StatusRevisions {
 public:
  // With a revision that the user gave, or a work tree, there is nothing to hold them against.
  StatusRevisions(Manifests& manifests, const RepoOptions& options);

  // Of the live status; those that are what Git wants are left out.
  std::vector<audit::StatusRevision> of(const fleet::Application& application, const Value& status);
  // Of a GitRepository of Flux at that URL: what it has fetched.
  std::optional<audit::StatusRevision> of_flux(const Value& source, const std::string& url);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // said, wanted, path

  std::vector<audit::StatusRevision> found(const fleet::Application& application,
                                           const Value& status);
  audit::StatusRevision judged(const std::string& said,
                               const std::string& wanted,
                               const std::string& path);

  Manifests& manifests_;
  const bool is_off_;
  std::mutex mutex_;
  std::map<Key, audit::StatusRevision> known_;
};

}  // namespace celldrift::cli
