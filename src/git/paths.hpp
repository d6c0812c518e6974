// Paths inside a repository.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::git {

// What Linux lets a checkout have (PATH_MAX); also bounds the recursion of those who walk a tree.
inline constexpr std::size_t max_path_bytes = 4096;

// "./a//b/../c/" -> "a/c", the root is "". Error(repository) when it is absolute or leaves the
// root, Error(limit) when it is longer than max_path_bytes.
std::string normalized_path(std::string_view path);

}  // namespace celldrift::git
