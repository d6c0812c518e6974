// Patterns of git generators' files in Argo CD's new way: doublestar 4's globs on the checkout.
#pragma once

#include "celldrift/git/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// What is at the paths that match, in byte order, directories included: "*" and "?" stay within a
// name, "**" between slashes is any number of directories, {a,b} one of several, [a-z] and [!a-z] a
// class. Links are followed, but not out of the repository. Throws Error(config) for a malformed
// pattern.
std::vector<std::string> doublestar_glob(const git::Tree& tree, std::string_view pattern);

}  // namespace celldrift::fleet
