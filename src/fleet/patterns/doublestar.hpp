// Patterns of git generators' files in Argo CD's new way: doublestar 4's globs on the checkout.
#pragma once

#include "celldrift/git/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// The paths that match, in byte order, directories included: "*" and "?" stay within a name, "**"
// between slashes is any number of directories, {a,b} one of several, [a-z] and [!a-z] a class. A
// checkout's ".git" is there too. Links are followed; those that lead nowhere, in circles or out of
// the repository are among the paths: reading them fails, for Argo CD as well. Throws Error(config)
// for a malformed pattern, Error(repository) for one that looks for files outside.
std::vector<std::string> doublestar_glob(const git::Tree& tree, std::string_view pattern);

}  // namespace celldrift::fleet
