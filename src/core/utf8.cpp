#include "celldrift/core/utf8.hpp"

#include "celldrift/core/unicode.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace celldrift::utf8 {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return std::uint8_t(c) < 0x80; });
}

constexpr bool is_surrogate(char32_t point) {
  return point >= 0xD800 && point <= 0xDFFF;
}

// strings.Map, but that ASCII letters take no look at the tables.
std::string mapped(std::string_view text, char32_t (*map)(char32_t), char first, char last) {
  std::string result;
  result.reserve(text.size());
  const auto in_ascii = [&](char c) { return c >= first && c <= last ? char(c ^ 0x20) : c; };
  if (is_ascii(text)) {
    std::ranges::transform(text, std::back_inserter(result), in_ascii);
    return result;
  }
  while (!text.empty()) {
    const Rune rune = decode(text);
    append(result, map(rune.point));
    text.remove_prefix(rune.length);
  }
  return result;
}

}  // namespace

Rune decode(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  const auto byte = [&](std::size_t i) { return std::uint8_t(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) {
    return {replacement, 1};
  }
  char32_t point = first & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return {replacement, 1};
    }
    point = (point << 6) | (byte(i) & 0x3F);
  }
  static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid = point >= smallest[length] && point <= 0x10FFFF && !is_surrogate(point);
  return valid ? Rune{point, length} : Rune{replacement, 1};
}

Rune decode_last(std::string_view text) {
  for (std::size_t length = std::min<std::size_t>(4, text.size()); length > 1; --length) {
    const Rune rune = decode(text.substr(text.size() - length));
    if (rune.length == length) {
      return rune;
    }
  }
  return text.empty() ? Rune{} : decode(text.substr(text.size() - 1));
}

bool is_valid(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode(text);
    if (rune.is_broken()) {
      return false;
    }
    text.remove_prefix(rune.length);
  }
  return true;
}

void append(std::string& text, char32_t point) {
  if (point > 0x10FFFF || is_surrogate(point)) {
    point = replacement;
  }
  if (point < 0x80) {
    text += char(point);
    return;
  }
  const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  static constexpr std::uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
  text += char(leads[more] | (point >> (6 * more)));
  for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
    text += char(0x80 | ((point >> shift) & 0x3F));
  }
}

std::u32string points(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Rune rune = decode(text);
    result += rune.point;
    text.remove_prefix(rune.length);
  }
  return result;
}

std::string text(std::u32string_view points) {
  std::string result;
  result.reserve(points.size());
  for (const char32_t point : points) {
    append(result, point);
  }
  return result;
}

std::size_t count(std::string_view text) {
  std::size_t runes = 0;
  for (; !text.empty(); ++runes) {
    text.remove_prefix(decode(text).length);
  }
  return runes;
}

std::string upper(std::string_view text) {
  return mapped(text, to_upper, 'a', 'z');
}

std::string lower(std::string_view text) {
  return mapped(text, to_lower, 'A', 'Z');
}

std::string_view trim_space(std::string_view text) {
  for (Rune rune = decode(text); rune.length != 0 && is_space(rune.point); rune = decode(text)) {
    text.remove_prefix(rune.length);
  }
  for (Rune rune = decode_last(text); rune.length != 0 && is_space(rune.point);
       rune = decode_last(text)) {
    text.remove_suffix(rune.length);
  }
  return text;
}

}  // namespace celldrift::utf8
