#include "sprig/json_text.hpp"

#include "celldrift/core/utf8.hpp"

namespace celldrift::sprig {
namespace {

constexpr char32_t no_escape = ~char32_t{0};

// The number of a \uXXXX that `text` begins with.
char32_t escaped_number(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') {
    return no_escape;
  }
  char32_t number = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    number = number << 4 | char32_t(digit);
  }
  return number;
}

bool within(char32_t point, char32_t first, char32_t last) {
  return point >= first && point <= last;
}

// Takes a \uXXXX, or two that are one code point, off the front.
char32_t take_number(std::string_view& raw) {
  const char32_t point = escaped_number(raw);
  raw.remove_prefix(6);
  const char32_t low = escaped_number(raw);
  if (within(point, 0xD800, 0xDBFF) && within(low, 0xDC00, 0xDFFF)) {
    raw.remove_prefix(6);
    return 0x10000 + ((point - 0xD800) << 10 | (low - 0xDC00));
  }
  return point;  // half a pair becomes U+FFFD where it is written
}

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

bool is_hexadecimal(char c) {
  const char small = char(c | 0x20);
  return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'f');
}

std::string unescaped_json(std::string_view raw) {
  std::string text;
  while (!raw.empty()) {
    if (escaped_number(raw) != no_escape) {
      utf8::append(text, take_number(raw));
    } else if (raw.front() == '\\') {
      text += unescaped(raw[1]);
      raw.remove_prefix(2);
    } else {
      const utf8::Rune rune = utf8::decode(raw);
      utf8::append(text, rune.point);
      raw.remove_prefix(rune.length);
    }
  }
  return text;
}

}  // namespace celldrift::sprig
