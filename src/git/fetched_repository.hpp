// A URL's commits in the cache, with the refs that the server had when it was fetched.
#pragma once

#include "git/cache.hpp"
#include "git/object_repository.hpp"
#include "git/remote.hpp"

namespace celldrift::git {

class FetchedRepository : public ObjectRepository {
 public:
  struct State {
    std::string url;
    Handle<git_repository> repository;
    File in_use;  // keeps other processes from removing it
    Tips tips;    // empty when the server was not asked: a commit id that was there already
  };
  explicit FetchedRepository(State state);

  std::string resolve(std::string_view revision) const override;
  ResolvedTarget resolve_target(const Target& target) const override;
  std::shared_ptr<const Tree> tree(std::string_view commit) const override;
  std::shared_ptr<const Tree> work_tree() const override;
  std::vector<NamedCommit> tips() const override;
  std::vector<std::string> remotes() const override { return {name()}; }

 private:
  File in_use_;
  Tips tips_;
};

}  // namespace celldrift::git
