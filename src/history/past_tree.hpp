// The files of an old commit.
#pragma once

#include "celldrift/git/repository.hpp"

#include <memory>
#include <string>

namespace celldrift::history {

// The commit's tree, but for its name: all commits of the past have one, so that what is remembered
// by (commit, path, content) is read once for all of them.
std::shared_ptr<const git::Tree> past_tree(std::shared_ptr<const git::Tree> tree);

// Whether there is a symbolic link at or below the path, so that its id does not tell its content.
bool has_links(const git::Tree& tree, const std::string& path);

}  // namespace celldrift::history
