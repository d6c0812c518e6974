// From what people write to a commit.
#pragma once

#include "git/library.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

// Repository::resolve for a local repository.
std::string resolve_in(git_repository& repository, std::string_view revision);

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
