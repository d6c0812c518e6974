// Patterns of git generators' files: git's pathspecs, as `git ls-files -- PATTERN` at the root of a
// checkout takes them.
#pragma once

#include "fleet/patterns/wildmatch.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

// One pattern. Its wildcards go across "/", and one that names a directory matches all that is in
// it. Magic: ":/x", ":!x" and ":^x" (all but x), ":(top)", ":(glob)" (wildcards stop at "/", "**"
// does not), ":(icase)", ":(literal)", ":(exclude)".
class Pathspec {
 public:
  // Throws Error(config) where git refuses the pattern: a path out of the repository, unknown
  // magic; Error(unsupported) for ":(attr:…)".
  explicit Pathspec(std::string_view pattern);

  bool matches(const std::string& path) const;
  // Those of the paths that it matches. `paths` are in byte order.
  std::vector<std::string> select(const std::vector<std::string>& paths) const;

 private:
  std::string_view read_magic(std::string_view pattern);
  std::string_view read_long_magic(std::string_view pattern);
  std::string_view read_short_magic(std::string_view pattern);
  void set_magic(std::string_view name, std::string_view pattern);
  bool matches_text(std::string_view path) const;

  std::string text_;                    // without magic, normalised
  std::size_t plain_ = 0;               // length of what comes before the first wildcard
  std::optional<Wildmatch> wildcards_;  // the rest
  bool exclude_ = false;
  bool glob_ = false;
  bool icase_ = false;
  bool literal_ = false;
};

}  // namespace celldrift::fleet
