// What a local and a fetched repository have in common: commits and their trees.
#pragma once

#include "celldrift/git/repository.hpp"
#include "git/odb_objects.hpp"

#include <mutex>

namespace celldrift::git {

class ObjectRepository : public Repository {
 public:
  std::shared_ptr<const Tree> tree(std::string_view commit) const override;
  CommitInfo commit(std::string_view id) const override;
  Blamed blame(std::string_view commit,
               std::span<const BlameFile> files,
               const BlameLimits& limits) const override;
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
};

}  // namespace celldrift::git
