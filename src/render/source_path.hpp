// The directory that a source names.
#pragma once

#include "celldrift/git/tree.hpp"

#include <string>
#include <string_view>

namespace celldrift::render {

// The path from the repository's root, normalised. Throws Error(repository) in Argo CD's words when
// it is absolute, leaves the root, is missing or no directory.
std::string source_path(const git::Tree& tree, std::string_view path);

}  // namespace celldrift::render
