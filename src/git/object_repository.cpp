#include "git/object_repository.hpp"

#include "celldrift/core/text.hpp"
#include "git/blame_walk.hpp"
#include "git/commits.hpp"

#include <git2.h>

namespace celldrift::git {

ObjectRepository::ObjectRepository(Handle<git_repository> repository, std::string name)
    : repository_(std::move(repository)),
      name_(std::move(name)),
      objects_(std::make_shared<OdbObjects>(*repository_)) {}

std::shared_ptr<const Tree> ObjectRepository::tree(std::string_view commit) const {
  const std::string id = lower(commit);
  try {
    return tree_of(objects_, objects_->root_of(id), id);
  } catch (Error& error) {
    error.add_context("opening commit " + in_quotes(commit) + " of " + name_);
    throw;
  }
}

CommitInfo ObjectRepository::commit(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  try {
    return info_of(*find_commit(repository(), id));
  } catch (Error& error) {
    error.add_context(name_);
    throw;
  }
}

Blamed ObjectRepository::blame(std::string_view commit,
                               std::span<const BlameFile> files,
                               const BlameLimits& limits) const {
  const std::lock_guard lock(mutex_);
  try {
    return blame_in(repository(), commit, files, limits);
  } catch (Error& error) {
    error.add_context(name_);
    throw;
  }
}

}  // namespace celldrift::git
