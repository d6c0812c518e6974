// The smallest parts of a pattern, as Go's package regexp/syntax reads them. Each take_ function
// takes what it reads off the front of `rest`.
#pragma once

#include "regexp/classes.hpp"
#include "regexp/rune_set.hpp"

#include <optional>
#include <string_view>

namespace celldrift::regexp {

// Throws Error(config): "error parsing regexp: <problem>: `<part>`".
[[noreturn]] void fail(std::string_view problem, std::string_view part);

// What stands between the starts of `from` and `rest`, where `rest` is a tail of `from`.
inline std::string_view taken(std::string_view from, std::string_view rest) {
  return from.substr(0, from.size() - rest.size());
}

// Throws Error(config) for bytes that are not UTF-8. U+FFFD at the end of the pattern, as in Go.
char32_t take_rune(std::string_view& rest);
void require_utf8(std::string_view text);

// A backslash and what belongs to it, where it denotes one character.
char32_t take_escape(std::string_view& rest);

// \pL, \p{Greek}, \P{^Greek}, \d, \W: nothing when `rest` starts with something else.
std::optional<RuneSet> take_class_escape(std::string_view& rest, FoldCase fold);

// [a-z[:digit:]\pL]; `rest` starts with "[".
RuneSet take_class(std::string_view& rest, FoldCase fold);

struct Repetition {
  int min = 0;
  int max = -1;  // none
};
// {2}, {2,} or {2,5}: nothing when `rest` starts with something else, which then is a literal "{".
// Numbers past 1e8 are -1.
std::optional<Repetition> take_counts(std::string_view& rest);

}  // namespace celldrift::regexp
