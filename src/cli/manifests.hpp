// The audited manifests repo, and the other repos that generators and Applications name.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/fleet/application.hpp"
#include "celldrift/fleet/inputs.hpp"
#include "celldrift/git/repository.hpp"
#include "cli/opened_repositories.hpp"
#include "cli/options.hpp"
#include "cli/url_meanings.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace celldrift::cli {

// What somebody wants of a repository.
struct WantedSource {
  std::string url;
  git::Target target;
};
// What the names of tags begin with that count for its targetRevision; "" for no such rule.
std::string_view tag_prefix_of(const fleet::ApplicationSource& source);
WantedSource wanted_source(const fleet::ApplicationSource& source);

// Answers for every repository of a run, in this order: those that --map names, the audited one (by
// its remotes' URLs, or because it stands for others), and what can be fetched. Thread-safe; each
// revision of a repository is resolved once, so that a branch that moves meanwhile is one commit.
class Manifests : public fleet::Repositories {
 public:
  // Opens (or fetches) the audited repo, if options.opened has it not yet, and resolves the
  // revision. Error(repository).
  explicit Manifests(const RepoOptions& options);

  // The tree that ApplicationSets are read from.
  const std::shared_ptr<const git::Tree>& tree() const { return tree_; }
  audit::ManifestsInfo info() const;

  // Says which repositories the run will ask for, as far as it is known. A repo without remotes has
  // no address to be known by: where one repository alone is asked for that is not mapped, it is
  // taken to be that one, as when an ApplicationSet is tried out before it is pushed. The first
  // call that names any repository decides. Not thread-safe.
  void assume(const std::vector<WantedSource>& wanted);
  // Fetches what is not here yet, all repositories at once. Failures are kept for those who ask.
  void prefetch(const std::vector<WantedSource>& wanted);

  // The files of a repository at a revision (--revision and --worktree win for the audited one).
  // Error(repository) when there is no way to it.
  std::shared_ptr<const git::Tree> tree(const std::string& url,
                                        const std::string& revision) override;
  SourceTree source(const WantedSource& wanted);
  // The repositories that were opened, the audited one first.
  std::vector<std::shared_ptr<const git::Repository>> repositories();
  // The one that has a commit; null when none of them does.
  std::shared_ptr<const git::Repository> repository_with(const std::string& commit);
  // The one that has a commit, with all its history where that can be had; null when none of them
  // does. What is a URL is fetched once more for it.
  std::shared_ptr<const git::Repository> with_history(const std::string& commit);
  // The files of a commit that was read, "" for the work tree; null when they are not here.
  std::shared_ptr<const git::Tree> tree_at(const std::string& commit);

 private:
  bool stands_for_all() const;
  bool is_audited(const std::string& url) const;
  bool is_fixed(const git::Target& target);
  // Whether it is the audited repository at the audited commit.
  bool is_here(const WantedSource& wanted);
  bool is_followed(const git::Target& target);
  std::string location_of(const std::string& url) const;
  git::Token token_for(const std::string& location) const;
  RepositorySource& source_at(const std::string& location);
  std::shared_ptr<const git::Repository> as_it_was_opened(const std::string& commit);
  std::shared_ptr<const git::Repository> deepened(std::shared_ptr<const git::Repository> shallow);

  RepoOptions options_;
  std::shared_ptr<const git::Repository> repository_;  // null for a directory that is in no repo
  UrlMeanings urls_;
  std::set<std::string> trusted_hosts_;  // those that the user named
  std::string commit_;
  std::shared_ptr<const git::Tree> tree_;
  std::shared_ptr<OpenedRepositories> opened_;
  std::mutex history_mutex_;
  // By commit, as with_history() found them.
  std::map<std::string, std::shared_ptr<const git::Repository>> with_history_;
};

}  // namespace celldrift::cli
