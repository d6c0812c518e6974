#include "git/object_repository.hpp"

#include "celldrift/core/text.hpp"

#include <git2.h>

namespace celldrift::git {

namespace {

CommitInfo describe(git_commit& commit) {
  const git_signature* author = git_commit_author(&commit);
  const char* summary = git_commit_summary(&commit);
  return {.id = hex_of(*git_commit_id(&commit)),
          .author = author->name,
          .time = author->when.time,
          .subject = summary == nullptr ? "" : summary};
}

}  // namespace

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
  const git_oid oid = oid_of(id);
  const std::lock_guard lock(mutex_);
  git_commit* commit = nullptr;
  if (const int status = git_commit_lookup(&commit, repository_.get(), &oid); status < 0) {
    throw_last(status, "reading commit " + std::string(id) + " of " + name_);
  }
  return describe(*Handle<git_commit>(commit));
}

}  // namespace celldrift::git
