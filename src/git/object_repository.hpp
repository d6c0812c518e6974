// What a local and a fetched repository have in common: commits and their trees.
#pragma once

#include "celldrift/git/repository.hpp"
#include "git/commit_graph.hpp"
#include "git/odb_objects.hpp"

#include <map>
#include <mutex>

namespace celldrift::git {

class ObjectRepository : public Repository {
 public:
  std::shared_ptr<const Tree> tree(std::string_view commit) const override;
  CommitInfo commit(std::string_view id) const override;
  Blamed blame(std::string_view commit,
               std::span<const BlameFile> files,
               const BlameLimits& limits) const override;
  PathHistory history(const HistoryQuestion& question, const HistoryLimits& limits) const override;
  std::vector<std::string> contents(const std::string& commit,
                                    const std::vector<std::string>& paths) const override;
  std::int64_t commit_time(const std::string& commit) const override;
  std::string name() const override { return name_; }

 protected:
  ObjectRepository(Handle<git_repository> repository, std::string name);

  // Everything but its object database is one thread's at a time: hold `mutex_`.
  git_repository& repository() const { return *repository_; }
  const OdbObjects& objects() const { return *objects_; }

  mutable std::mutex mutex_;

 private:
  Handle<git_repository> repository_;
  std::string name_;
  std::shared_ptr<const OdbObjects> objects_;
  CommitGraph& graph() const;  // hold `history_mutex_`

  mutable std::mutex history_mutex_;  // libgit2's objects may be read beside `mutex_`'s work
  mutable std::unique_ptr<CommitGraph> graph_;
  // The last answers: an Application is asked about once for each cell.
  mutable std::map<std::string, PathHistory> answers_;
};

}  // namespace celldrift::git
