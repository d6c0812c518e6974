// The classes of characters that Go's regular expressions know by name, and which characters differ
// in case only: by Go's own tables, for RE2's are of another Unicode version.
#pragma once

#include "regexp/rune_set.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace celldrift::regexp {

enum class FoldCase : bool { no, yes };

// \p{name}, by category, script or alias; blanks, "_", "-" and case do not count. With FoldCase
// also what differs in case only.
std::optional<RuneSet> unicode_class(std::string_view name, FoldCase fold);
// "[:alpha:]" and "[:^alpha:]".
std::optional<RuneSet> posix_class(std::string_view name, FoldCase fold);
// The class that \d, \D, \s, \S, \w and \W are; nothing for other letters.
std::optional<RuneSet> perl_class(char letter, FoldCase fold);

struct Folding {
  char32_t rune = 0;
  std::vector<char32_t> others;
};
// The characters from `low` to `high` that others differ from in case only.
std::span<const Folding> foldings_between(char32_t low, char32_t high);

}  // namespace celldrift::regexp
