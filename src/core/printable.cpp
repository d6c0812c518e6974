#include "celldrift/core/error.hpp"

#include <cstdint>

namespace celldrift {
namespace {

struct Decoded {
  char32_t point = 0;
  std::size_t length = 0;  // 0: not valid UTF-8
};

// Strict UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return std::uint8_t(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || text.size() < length) {
    return {};
  }
  char32_t point = first & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return {};
    }
    point = (point << 6) | (byte(i) & 0x3F);
  }
  static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid =
      point >= smallest[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  return valid ? Decoded{point, length} : Decoded{};
}

// What moves the cursor, changes colours or reorders text on a terminal.
bool is_harmful(char32_t point) {
  const bool control = (point < 0x20 && point != '\t') || (point >= 0x7F && point < 0xA0);
  const bool reorders = (point >= 0x200E && point <= 0x200F) ||
                        (point >= 0x202A && point <= 0x202E) ||
                        (point >= 0x2066 && point <= 0x2069) || point == 0x061C;
  const bool breaks_lines = point == 0x2028 || point == 0x2029;
  return control || reorders || breaks_lines || point == 0xFEFF;
}

// What a reader cannot see, or cannot tell from a blank: two texts that differ in nothing else
// would look the same.
bool is_deceptive(char32_t point) {
  const bool blank = point == 0xA0 || (point >= 0x2000 && point <= 0x200A) || point == 0x202F ||
                     point == 0x205F || point == 0x3000;
  const bool nothing =
      point == 0xAD || point == 0x34F || point == 0x180E || (point >= 0x200B && point <= 0x200D) ||
      (point >= 0x2060 && point <= 0x206F) || (point >= 0xE0000 && point <= 0xE007F);
  return blank || nothing;
}

int width_of(char32_t point) {
  return point < 0xA0 ? 2 : point < 0x10000 ? 4 : 8;
}

// In `width` digits: a byte that is not UTF-8 in two, whatever it would be as a character.
std::string escaped(char32_t point, int width) {
  static constexpr char digits[] = "0123456789abcdef";
  if (point == '\n') {
    return "\\n";
  }
  std::string text = width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
  for (int shift = (width - 1) * 4; shift >= 0; shift -= 4) {
    text += digits[(point >> shift) & 0xF];
  }
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.length == 0) {
      result += escaped(std::uint8_t(text[0]), 2);
      text.remove_prefix(1);
      continue;
    }
    result += is_harmful(next.point) || is_deceptive(next.point)
                  ? escaped(next.point, width_of(next.point))
                  : std::string(text.substr(0, next.length));
    text.remove_prefix(next.length);
  }
  return result;
}

}  // namespace celldrift
