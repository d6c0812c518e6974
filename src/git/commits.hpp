// Commits of a repository.
#pragma once

#include "celldrift/git/blame.hpp"
#include "git/library.hpp"

#include <string_view>
#include <vector>

namespace celldrift::git {

// Error(repository) when it is not there.
Handle<git_commit> find_commit(git_repository& repository, std::string_view id);

CommitInfo info_of(git_commit& commit);

// Whether the history was cut off here when it was fetched: the commit has parents, and none is
// here.
bool is_cut_off(const git_commit& commit);

}  // namespace celldrift::git
