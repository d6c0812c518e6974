// The URLs that a repository has for its remotes.
#pragma once

#include "git/library.hpp"

#include <string>
#include <vector>

namespace celldrift::git {

// "origin" first; as written and, where url.<base>.insteadOf changes it, as used. Without
// credentials.
std::vector<std::string> remote_urls(git_repository& repository);

}  // namespace celldrift::git
