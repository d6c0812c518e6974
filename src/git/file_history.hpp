// What one commit did to a few files.
#pragma once

#include "git/library.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::git {

Handle<git_tree> tree_of(const git_commit& commit);

// The id of the file at a path; nothing when there is none.
std::optional<std::string> file_at(const git_tree& root, const std::string& path);

// Which of the paths are another file in `before` than in `after`, or none in one of them. Goes
// only into directories that differ. `paths` are sorted; so is the answer.
std::vector<std::string> changed_paths(const git_tree& before,
                                       const git_tree& after,
                                       const std::vector<std::string>& paths);

// The path in `before` of a file that is new in `after`: where it was renamed from. Nothing when
// it was not, or too much was changed to tell.
std::optional<std::string> renamed_from(const git_tree& before,
                                        const git_tree& after,
                                        const std::string& path);

}  // namespace celldrift::git
