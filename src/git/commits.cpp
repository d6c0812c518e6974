#include "git/commits.hpp"

#include <git2.h>

namespace celldrift::git {

Handle<git_commit> find_commit(git_repository& repository, std::string_view id) {
  const git_oid oid = oid_of(id);
  git_commit* commit = nullptr;
  if (const int status = git_commit_lookup(&commit, &repository, &oid); status < 0) {
    throw_last(status, "reading commit " + std::string(id));
  }
  return Handle<git_commit>(commit);
}

CommitInfo info_of(git_commit& commit) {
  const git_signature* author = git_commit_author(&commit);
  const char* summary = git_commit_summary(&commit);
  return {.id = hex_of(*git_commit_id(&commit)),
          .author = author->name,
          .time = author->when.time,
          .subject = summary == nullptr ? "" : summary};
}

// libgit2 leaves the parents out of the commits that .git/shallow names, git's raw text has them.
bool is_cut_off(const git_commit& commit) {
  const std::string_view header = git_commit_raw_header(&commit);
  return git_commit_parentcount(&commit) == 0 &&
         (header.starts_with("parent ") || header.find("\nparent ") != header.npos);
}

}  // namespace celldrift::git
