// The audited manifests repo, and the other repos that Applications name.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/git/repository.hpp"
#include "cli/options.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace celldrift::cli {

class Manifests {
 public:
  // Opens (or fetches) the audited repo and resolves the revision. Error(repository).
  explicit Manifests(const RepoOptions& options);

  // The tree that ApplicationSets are read from.
  const std::shared_ptr<const git::Tree>& tree() const { return tree_; }
  audit::ManifestsInfo info() const;

  // Says which repositories the run will ask for. A repo without remotes has no address to be known
  // by: where all Applications name one repository that is not mapped, it is taken to be that one,
  // as when an ApplicationSet is tried out before it is pushed. Call it before tree_of.
  void expect(const std::vector<fleet::Application>& applications);

  // The tree of one source: of the audited repo at its targetRevision (--revision and --worktree
  // win), or of a repo that --map names. Error(repository) when the source's repo is neither.
  // Thread-safe; each revision is resolved once.
  std::shared_ptr<const git::Tree> tree_of(const fleet::ApplicationSource& source);

 private:
  bool is_mapped(const std::string& url) const;
  bool is_audited(const std::string& url) const;
  std::shared_ptr<const git::Tree> audited_tree(const std::string& revision);
  std::shared_ptr<const git::Repository> mapped(const std::string& url);

  RepoOptions options_;
  std::shared_ptr<const git::Repository> repository_;
  std::string commit_;
  std::shared_ptr<const git::Tree> tree_;
  std::string assumed_url_;  // what a repo without remotes is taken for, normalised
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const git::Tree>>
      trees_;  // by repository and revision
};

}  // namespace celldrift::cli
