// git blame for chosen lines. libgit2's own compares whole trees for each file and each commit:
// 5,000 commits take it seconds a file. This walk looks at each commit once for all files, goes
// only into directories that the commit changed, and ends when every line has its commit.
#pragma once

#include "celldrift/git/blame.hpp"
#include "git/library.hpp"

#include <span>
#include <string_view>

namespace celldrift::git {

// Repository::blame.
Blamed blame_in(git_repository& repository,
                std::string_view commit,
                std::span<const BlameFile> files,
                const BlameLimits& limits);

}  // namespace celldrift::git
