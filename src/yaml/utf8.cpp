#include "yaml/utf8.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <cstdint>
#include <cstring>

namespace celldrift::yaml {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return std::uint8_t(text[i]);
}

bool is_unicode_line_end(char32_t point) {
  return point == 0x85 || point == 0x2028 || point == 0x2029;
}

// What YAML 1.1 lets a text hold.
bool is_allowed(char32_t point) {
  return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0x7E) ||
         (point >= 0xA0 && point <= 0xD7FF && !is_unicode_line_end(point)) ||
         (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
}

// Eight plain ASCII characters at once: the common case by far.
bool is_plain_word(const char* text) {
  std::uint64_t word;
  std::memcpy(&word, text, sizeof word);
  constexpr std::uint64_t high = 0x8080808080808080, ones = 0x0101010101010101;
  const std::uint64_t below_space = (word - ones * 0x20) & ~word;
  const std::uint64_t deletes = ((word ^ ones * 0x7F) - ones) & ~(word ^ ones * 0x7F);
  return ((word | below_space | deletes) & high) == 0;
}

enum class Order { little, big };

char32_t read_unit(std::string_view text, std::size_t at, std::size_t width, Order order) {
  char32_t unit = 0;
  for (std::size_t i = 0; i < width; ++i) {
    unit = unit << 8 | byte_at(text, at + (order == Order::big ? i : width - 1 - i));
  }
  return unit;
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

std::string convert(std::string_view text, std::size_t width, Order order) {
  std::string result;
  for (std::size_t at = 0; at + width <= text.size(); at += width) {
    char32_t unit = read_unit(text, at, width, order);
    if (width == 2 && is_high_surrogate(unit) && at + 4 <= text.size()) {
      const char32_t low = read_unit(text, at + 2, width, order);
      if (is_low_surrogate(low)) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    const bool valid = unit <= 0x10FFFF && !is_high_surrogate(unit) && !is_low_surrogate(unit);
    append_utf8(result, valid ? unit : 0xFFFD);
  }
  if (text.size() % width != 0) {
    append_utf8(result, 0xFFFD);
  }
  return result;
}

struct ByteOrderMark {
  std::string_view bytes;
  std::size_t width;
  Order order;
};

}  // namespace

Decoded decode_utf8(std::string_view text) {
  const std::uint8_t first = byte_at(text, 0);
  if (first < 0x80) {
    return {first, 1};
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || text.size() < length) {
    return {};
  }
  char32_t point = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) {
      return {};
    }
    point = (point << 6) | (byte_at(text, i) & 0x3Fu);
  }
  static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid =
      point >= smallest[length] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  return valid ? Decoded{point, length} : Decoded{};
}

void append_utf8(std::string& text, char32_t point) {
  if (point < 0x80) {
    text += char(point);
    return;
  }
  const int length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  static constexpr std::uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  text += char(lead[length] | (point >> (6 * (length - 1))));
  for (int i = length - 2; i >= 0; --i) {
    text += char(0x80 | ((point >> (6 * i)) & 0x3F));
  }
}

std::string replace_invalid_utf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t length = decode_utf8(bytes).length;
    text += length == 0 ? "\xEF\xBF\xBD" : bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

std::optional<std::size_t> find_forbidden(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (at + 8 <= text.size() && is_plain_word(text.data() + at)) {
      at += 8;
      continue;
    }
    const Decoded next = decode_utf8(text.substr(at));
    if (next.length == 0 || !is_allowed(next.point)) {
      return at;
    }
    at += next.length;
  }
  return std::nullopt;
}

std::string_view why_forbidden(std::string_view text) {
  const Decoded first = decode_utf8(text);
  if (first.length == 0) {
    return "not UTF-8; convert the file";
  }
  return is_unicode_line_end(first.point)
             ? "a line separator (U+0085, U+2028 or U+2029); write it as \\u2028 in double quotes"
             : "a control character; write it as \\x1b in double quotes";
}

std::string to_utf8(std::string_view text) {
  using namespace std::string_view_literals;
  static constexpr ByteOrderMark marks[] = {
      {"\xEF\xBB\xBF"sv, 1, Order::little},
      {"\0\0\xFE\xFF"sv, 4, Order::big},
      {"\xFF\xFE\0\0"sv, 4, Order::little},  // before UTF-16's, which is its beginning
      {"\xFE\xFF"sv, 2, Order::big},
      {"\xFF\xFE"sv, 2, Order::little},
  };
  for (const ByteOrderMark& mark : marks) {
    if (text.starts_with(mark.bytes)) {
      text.remove_prefix(mark.bytes.size());
      return mark.width == 1 ? std::string(text) : convert(text, mark.width, mark.order);
    }
  }
  return std::string(text);
}

}  // namespace celldrift::yaml
