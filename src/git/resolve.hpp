// From what people write to a commit.
#pragma once

#include "celldrift/git/repository.hpp"
#include "git/library.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

// Repository::resolve for a local repository.
std::string resolve_in(git_repository& repository, std::string_view revision);

// Repository::resolve_target. `refs` are the full names of all refs; `commit_of` gives the commit
// of one of them.
ResolvedTarget resolve_target_in(git_repository& repository,
                                 const std::vector<std::string>& refs,
                                 const std::function<std::string(const std::string&)>& commit_of,
                                 const Target& target);
// The full names of the refs of a local repository as its server would list them: branches that are
// only known as origin's count as branches.
std::map<std::string, std::string> local_refs(git_repository& repository);

// The commit that an object is, or that a tag leads to. Error(repository) when it leads to another
// kind.
std::string peel_to_commit(git_repository& repository,
                           const git_oid& oid,
                           std::string_view revision);
// The full id of the object that 4 to 40 hex digits begin; "" when there is none.
// Error(repository) when there are several.
std::string expand_id(git_repository& repository, std::string_view digits);

// Error(repository) for a revision that does not exist; names those of `known` that look like it.
Error unknown_revision(std::string_view revision, const std::vector<std::string>& known);
// Error(repository) for one that cannot exist: control characters, or endlessly long.
void check_revision(std::string_view revision);

inline constexpr std::size_t min_id_digits = 4;

}  // namespace celldrift::git
