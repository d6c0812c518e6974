// UTF-8, read one character at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::report {

struct Character {
  char32_t point = 0;      // U+FFFD for a byte that is not UTF-8
  std::size_t length = 1;  // in bytes
  bool valid = true;
};

// The first character of a text that is not empty.
Character first_character(std::string_view text);

// How many columns of a terminal a text takes: East Asian wide characters and emoji take two,
// combining marks none.
std::size_t columns(std::string_view text);

// How many bytes of `text` fit into `limit` columns, whole characters only.
std::size_t fitting(std::string_view text, std::size_t limit);

// The text in at most `limit` columns, with "…" at its end when something is left out.
std::string cut_to(std::string_view text, std::size_t limit);

// Controls, marks that reorder text and line separators: what must not reach a terminal as it is.
bool is_harmful(char32_t point);

// What takes no room on a terminal and is no mark on the character before it.
bool is_invisible(char32_t point);

}  // namespace celldrift::report
