// UTF-8 as Go's packages unicode/utf8 and strings treat it, for what must agree with Go to the
// byte: templates, slugs. Bytes that are not UTF-8 count as U+FFFD, one each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace celldrift::utf8 {

inline constexpr char32_t replacement = 0xFFFD;

struct Rune {
  char32_t point = replacement;
  std::size_t length = 0;  // in bytes; 1 for a byte that is not UTF-8, 0 for an empty text

  bool is_broken() const { return point == replacement && length <= 1; }
};

// The first code point: utf8.DecodeRuneInString.
Rune decode(std::string_view text);
// The last one: utf8.DecodeLastRuneInString.
Rune decode_last(std::string_view text);
bool is_valid(std::string_view text);
// Surrogates and what is past U+10FFFF become U+FFFD.
void append(std::string& text, char32_t point);

std::u32string points(std::string_view text);  // []rune(text)
std::string text(std::u32string_view points);  // string(points)
std::size_t count(std::string_view text);      // utf8.RuneCountInString

// strings.ToUpper, strings.ToLower, strings.TrimSpace.
std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string_view trim_space(std::string_view text);

}  // namespace celldrift::utf8
