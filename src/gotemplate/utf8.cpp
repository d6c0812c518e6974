#include "gotemplate/utf8.hpp"

#include "gotemplate/unicode_ranges.hpp"

#include <algorithm>
#include <span>

namespace celldrift::gotemplate::utf8 {

namespace {

// What may follow a first byte: Unicode's table of well-formed sequences.
struct Lead {
  unsigned char first, last;  // first bytes of this row
  std::size_t size;
  unsigned char low, high;  // bounds of the second byte
};
constexpr Lead leads[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf},
    {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f},
    {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf},
    {0xf4, 0xf4, 4, 0x80, 0x8f},
};

bool is_continuation(unsigned char byte) {
  return byte >= 0x80 && byte <= 0xbf;
}

Rune decode_long(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto* lead = std::ranges::find_if(
      leads, [&](const Lead& row) { return byte(0) >= row.first && byte(0) <= row.last; });
  if (lead == std::end(leads) || text.size() < lead->size || byte(1) < lead->low ||
      byte(1) > lead->high) {
    return {replacement, 1};
  }
  char32_t code = byte(0) & (0xffu >> (lead->size + 1));
  for (std::size_t i = 1; i < lead->size; ++i) {
    if (!is_continuation(byte(i))) {
      return {replacement, 1};
    }
    code = code << 6 | (byte(i) & 0x3fu);
  }
  return {code, lead->size};
}

bool within(std::span<const unicode::Range> ranges, char32_t rune) {
  const auto at = std::ranges::lower_bound(ranges, rune, {}, &unicode::Range::last);
  return at != ranges.end() && at->first <= rune;
}

}  // namespace

Rune decode(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  const auto first = static_cast<unsigned char>(text[0]);
  return first < 0x80 ? Rune{first, 1} : decode_long(text);
}

void append(std::string& text, char32_t rune) {
  if (rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) {
    rune = replacement;
  }
  if (rune < 0x80) {
    text += char(rune);
    return;
  }
  const int more = rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
  const unsigned lead = more == 1 ? 0xc0 : more == 2 ? 0xe0 : 0xf0;
  text += char(lead | rune >> (6 * more));
  for (int i = more - 1; i >= 0; --i) {
    text += char(0x80 | (rune >> (6 * i) & 0x3f));
  }
}

std::size_t count(std::string_view text) {
  std::size_t runes = 0;
  for (; !text.empty(); ++runes) {
    text.remove_prefix(decode(text).size);
  }
  return runes;
}

std::string repaired(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Rune rune = decode(text);
    if (rune.broken()) {
      append(result, replacement);
    } else {
      result += text.substr(0, rune.size);
    }
    text.remove_prefix(rune.size);
  }
  return result;
}

bool is_letter(char32_t rune) {
  return within(unicode::letters(), rune);
}

bool is_digit(char32_t rune) {
  return within(unicode::digits(), rune);
}

bool is_printable(char32_t rune) {
  return within(unicode::printables(), rune);
}

}  // namespace celldrift::gotemplate::utf8
