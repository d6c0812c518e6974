// From Go's syntax of regular expressions to RE2's.
//
// The two are close, but not the same: they differ in which texts they refuse and how they say so,
// in names of groups, and in the version of Unicode that classes and cases are of. So the pattern
// is read here as Go reads it, and what is written for RE2 is plain: no flags, no names, no named
// classes, each character and class spelled out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

struct Translated {
  std::string pattern;
  std::vector<std::string> names;  // of the groups, the first at 0; "" for one without
  bool has_no_boundary = false;    // a \B, which RE2 finds between the bytes of a character as well
};

// Throws Error(config) with Go's message, Error(limit) where the result is past 16 MiB.
Translated translate(std::string_view pattern);

}  // namespace celldrift::regexp
