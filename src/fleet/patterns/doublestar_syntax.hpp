// The syntax of doublestar 4 patterns, as far as taking them apart needs it. Positions are npos
// where nothing is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::fleet {

// Whether classes and braces are closed: what doublestar checks before it reads a directory.
bool is_doublestar_pattern(std::string_view pattern);
[[noreturn]] void refuse_doublestar_pattern();

// The first of "*?[{" that is not escaped.
std::size_t first_meta(std::string_view pattern);
// Where the part with those begins: behind the last slash before them.
std::size_t end_of_base(std::string_view pattern);
// The last of `characters` with no backslash before it, be that one escaped or not.
std::size_t last_of(std::string_view pattern, std::string_view characters);
// "**" that the pattern does not end with.
bool has_double_star_before_end(std::string_view pattern);

std::size_t closing_bracket(std::string_view pattern, std::size_t from);
// Of the brace that closes behind `pattern`.
std::size_t opening_brace(std::string_view pattern);
// Of the brace that opens before `from`, escapes and inner braces passed over.
std::size_t closing_brace(std::string_view pattern, std::size_t from);
// Between two alternatives.
std::size_t next_comma(std::string_view pattern, std::size_t from, std::size_t end);

// A path's metacharacters with backslashes, and without.
std::string escaped(std::string_view path);
std::string unescaped(std::string_view pattern);

}  // namespace celldrift::fleet
