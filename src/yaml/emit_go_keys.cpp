#include "yaml/emit_go_keys.hpp"

#include "celldrift/core/unicode.hpp"
#include "yaml/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace celldrift::yaml {
namespace {

std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto [end, other] = std::ranges::mismatch(a, b);
  auto length = std::size_t(end - a.begin());
  // Back to where the character begins that differs.
  while (length > 0 && length < a.size() && (a[length] & 0xC0) == 0x80) {
    --length;
  }
  return length;
}

// Whether the digits that `text` ends with have another than "0" among them: then a "0" that
// follows is not a leading zero.
bool is_within_number(std::string_view text) {
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (text[last] & 0xC0) == 0x80) {
      --last;
    }
    if (!is_digit(decode_utf8(text.substr(last)).point)) {
      return false;
    }
    if (text.substr(last) != "0") {
      return true;
    }
    text = text.substr(0, last);
  }
  return false;
}

struct Number {
  std::int64_t value;
  std::size_t digits = 0;  // that were read
};

// Reads digits onto `value`, wrapping around as Go's int64 does.
Number read_number(std::string_view text, std::uint64_t value) {
  std::size_t digits = 0;
  while (!text.empty()) {
    const Decoded next = decode_utf8(text);
    if (!is_digit(next.point)) {
      break;
    }
    value = value * 10 + (next.point - U'0');
    ++digits;
    text.remove_prefix(next.length);
  }
  return {std::int64_t(value), digits};
}

}  // namespace

bool go_key_less(std::string_view a, std::string_view b) {
  const std::size_t common = common_prefix(a, b);
  const std::string_view rest_a = a.substr(common);
  const std::string_view rest_b = b.substr(common);
  if (rest_a.empty() || rest_b.empty()) {
    return rest_a.empty() && !rest_b.empty();
  }
  const char32_t first_a = decode_utf8(rest_a).point;
  const char32_t first_b = decode_utf8(rest_b).point;
  const bool letter_a = is_letter(first_a);
  const bool letter_b = is_letter(first_b);
  if (letter_a || letter_b) {
    return letter_a && letter_b ? first_a < first_b : letter_b;
  }
  const bool zero = first_a == U'0' || first_b == U'0';
  const std::uint64_t before = zero && is_within_number(a.substr(0, common)) ? 1 : 0;
  const Number number_a = read_number(rest_a, before);
  const Number number_b = read_number(rest_b, before);
  if (number_a.value != number_b.value) {
    return number_a.value < number_b.value;
  }
  return number_a.digits != number_b.digits ? number_a.digits < number_b.digits : first_a < first_b;
}

}  // namespace celldrift::yaml
