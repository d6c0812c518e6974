// Patterns of git generators' directories.
#pragma once

#include <string_view>

namespace celldrift::fleet {

// Go's path.Match: "*" any characters but "/", "?" one but "/", "[a-z]" and "[^a-z]" one of a
// class, "\" the next as it is; of the whole path. False for a pattern that Go calls malformed.
bool path_match(std::string_view pattern, std::string_view path);

}  // namespace celldrift::fleet
