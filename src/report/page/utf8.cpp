#include "report/page/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace celldrift::report {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr Range wide[] = {
    {0x1100, 0x115F},    // Hangul Jamo
    {0x2E80, 0x303E},    // CJK radicals and punctuation
    {0x3041, 0xA4CF},    // kana, CJK, Yi
    {0xAC00, 0xD7A3},    // Hangul
    {0xF900, 0xFAFF},    // CJK compatibility
    {0xFE30, 0xFE6F},    // CJK compatibility forms
    {0xFF00, 0xFF60},    // full-width forms
    {0xFFE0, 0xFFE6},    // full-width signs
    {0x1F300, 0x1F64F},  // pictographs
    {0x1F680, 0x1F6FF},  // transport
    {0x1F900, 0x1F9FF},  // more pictographs
    {0x20000, 0x3FFFD},  // CJK extensions
};

constexpr Range zero_width[] = {
    {0x0300, 0x036F},  // combining diacritics
    {0x0483, 0x0489},  // combining Cyrillic
    {0x0591, 0x05BD},  // Hebrew points
    {0x064B, 0x065F},  // Arabic points
    {0x200B, 0x200D},  // zero-width space and joiners
    {0x20D0, 0x20FF},  // combining marks for symbols
    {0xFE00, 0xFE0F},  // variation selectors
};

constexpr Range harmful[] = {
    {0x0000, 0x001F},
    {0x007F, 0x009F},
    {0x061C, 0x061C},
    {0x200E, 0x200F},
    {0x2028, 0x202E},
    {0x2066, 0x2069},
    {0xFEFF, 0xFEFF},
};

constexpr Range invisible[] = {
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x061C, 0x061C},    // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200F},    // zero-width space, joiners and marks
    {0x202A, 0x202E},    // directions
    {0x2060, 0x206F},    // word joiner, directions
    {0xFEFF, 0xFEFF},    // byte-order mark
    {0xE0000, 0xE007F},  // tags
};

bool in(std::span<const Range> ranges, char32_t point) {
  return std::ranges::any_of(
      ranges, [&](const Range& range) { return point >= range.first && point <= range.last; });
}

std::size_t width_of(char32_t point) {
  if (point < 0x0300) {
    return 1;
  }
  return in(zero_width, point) ? 0 : in(wide, point) ? 2 : 1;
}

constexpr Character invalid{.point = 0xFFFD, .length = 1, .valid = false};

std::size_t length_of(std::uint8_t first) {
  if (first < 0x80) {
    return 1;
  }
  return first >= 0xF0 && first <= 0xF4  ? 4
         : first >= 0xE0 && first < 0xF0 ? 3
         : first >= 0xC2 && first < 0xE0 ? 2
                                         : 0;
}

// No overlong forms, no surrogates, nothing past U+10FFFF.
bool is_shortest_form(char32_t point, std::size_t length) {
  static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return point >= smallest[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

}  // namespace

Character first_character(std::string_view text) {
  const std::uint8_t first = std::uint8_t(text[0]);
  const std::size_t length = length_of(first);
  if (length == 1) {
    return {.point = first};
  }
  if (length == 0 || text.size() < length) {
    return invalid;
  }
  char32_t point = first & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((std::uint8_t(text[i]) & 0xC0) != 0x80) {
      return invalid;
    }
    point = (point << 6) | (std::uint8_t(text[i]) & 0x3F);
  }
  return is_shortest_form(point, length) ? Character{.point = point, .length = length} : invalid;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    count += width_of(next.point);
    text.remove_prefix(next.length);
  }
  return count;
}

std::size_t fitting(std::string_view text, std::size_t limit) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const Character next = first_character(text.substr(bytes));
    used += width_of(next.point);
    if (used > limit) {
      break;
    }
    bytes += next.length;
  }
  return bytes;
}

std::string cut_to(std::string_view text, std::size_t limit) {
  if (columns(text) <= limit) {
    return std::string(text);
  }
  return std::string(text.substr(0, fitting(text, limit > 0 ? limit - 1 : 0))) + "…";
}

bool is_harmful(char32_t point) {
  return in(harmful, point);
}

bool is_invisible(char32_t point) {
  return in(invisible, point);
}

}  // namespace celldrift::report
