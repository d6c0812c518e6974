// Git's wildmatch: the wildcards of pathspecs.
#pragma once

#include <bitset>
#include <string_view>
#include <vector>

namespace celldrift::fleet {

struct WildmatchOptions {
  bool stop_at_slash = false;  // WM_PATHNAME: only "**" between slashes goes across "/"
  bool ignore_case = false;    // WM_CASEFOLD, of ASCII letters
};

// A pattern, made ready once. Bytes, not characters: "*", "?", "[a-z]", "[!a-z]", "[[:alpha:]]",
// "\x".
class Wildmatch {
 public:
  Wildmatch(std::string_view pattern, const WildmatchOptions& options);
  // Whether it matches the whole text. O(pattern × text).
  bool matches(std::string_view text) const;

 private:
  using Bytes = std::bitset<256>;
  struct Token {
    enum class Kind { one_of, any_number_of, directories };
    Kind kind;
    Bytes bytes;
  };
  class Reader;

  std::vector<Token> tokens_;
  bool ignore_case_;
  bool can_match_ = true;
};

}  // namespace celldrift::fleet
