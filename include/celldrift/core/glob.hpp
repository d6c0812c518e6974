// The globs of Argo CD: gobwas/glob v0.2.3. Without separators, "*" crosses "/" (a directory
// source's `include` and `exclude`).
#pragma once

#include <memory>
#include <string_view>

namespace celldrift {

struct GlobNode;

// {a,b} alternatives, [abc], [a-z], [!a-z], "?" one character and "*" any number but of separators,
// "**" any number of all, "\" takes the next as it is.
class Glob {
 public:
  // A pattern that gobwas cannot compile makes a glob that matches nothing.
  explicit Glob(std::string_view pattern, std::string_view separators = "");
  // The whole of `text`. O(pattern × text).
  bool matches(std::string_view text) const;

 private:
  std::shared_ptr<const GlobNode> root_;  // nullptr: matches nothing
};

}  // namespace celldrift
