// The audited manifests repo, and the other repos that generators and Applications name.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "celldrift/git/repository.hpp"
#include "cli/options.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace celldrift::cli {

// Answers for every repository of a run, in this order: those that --map names, the audited one (by
// its remotes' URLs, or because it stands for others), and what can be fetched. Thread-safe; each
// revision of a repository is resolved once, so that a branch that moves meanwhile is one commit.
class Manifests : public fleet::Repositories {
 public:
  // Opens (or fetches) the audited repo and resolves the revision. Error(repository).
  explicit Manifests(const RepoOptions& options);

  // The tree that ApplicationSets are read from.
  const std::shared_ptr<const git::Tree>& tree() const { return tree_; }
  audit::ManifestsInfo info() const;

  // Says which repositories the run will ask for. A repo without remotes has no address to be known
  // by: where one repository alone is asked for that is not mapped, it is taken to be that one, as
  // when an ApplicationSet is tried out before it is pushed.
  void expect(const std::vector<fleet::Application>& applications);

  // The files of a repository at a revision (--revision and --worktree win for the audited one).
  // Error(repository) when there is no way to it.
  std::shared_ptr<const git::Tree> tree(const std::string& url,
                                        const std::string& revision) override;

 private:
  bool stands_for_all() const;
  bool is_mapped(const std::string& url) const;
  bool is_audited(const std::string& url) const;
  std::shared_ptr<const git::Tree> audited_tree(const std::string& revision);
  std::shared_ptr<const git::Repository> mapped(const std::string& url);

  RepoOptions options_;
  std::shared_ptr<const git::Repository> repository_;  // null for a directory that is in no repo
  std::string commit_;
  std::shared_ptr<const git::Tree> tree_;
  std::string assumed_url_;  // what a repo without remotes is taken for, normalised
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const git::Tree>>
      trees_;  // by repository and revision
};

}  // namespace celldrift::cli
