// UTF-8 and Unicode classes, as Go's unicode/utf8, unicode and strconv have them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::gotemplate::utf8 {

constexpr char32_t replacement = 0xfffd;

struct Rune {
  char32_t code = replacement;
  std::size_t size = 0;  // in bytes; 1 for a byte that begins no rune, 0 at the end of the text

  bool broken() const { return code == replacement && size <= 1; }
};

// The first rune of `text`.
Rune decode(std::string_view text);
// Appends a rune; U+FFFD for what is none (surrogates, past U+10FFFF).
void append(std::string& text, char32_t rune);
std::size_t count(std::string_view text);  // runes; each broken byte is one

// Each broken byte replaced by U+FFFD.
std::string repaired(std::string_view text);

bool is_letter(char32_t rune);         // unicode.IsLetter
bool is_digit(char32_t rune);          // unicode.IsDigit
bool is_printable(char32_t rune);      // strconv.IsPrint
inline bool is_space(char32_t rune) {  // what the template lexer takes for a blank
  return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
}

}  // namespace celldrift::gotemplate::utf8
