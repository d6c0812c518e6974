// What Go takes for numbers. How it writes them is in real.cpp.
#include "celldrift/gotemplate/strconv.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>

namespace celldrift::gotemplate {

namespace {

char lower(char c) {
  return char(c | 0x20);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hexadecimal(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

unsigned digit_value(char c) {
  constexpr unsigned none = 99;
  const bool letter = lower(c) >= 'a' && lower(c) <= 'z';
  return is_digit(c) ? unsigned(c - '0') : letter ? unsigned(lower(c) - 'a' + 10) : none;
}

bool has_base_prefix(std::string_view text, std::string_view letters) {
  return text.size() >= 2 && text[0] == '0' &&
         letters.find(lower(text[1])) != std::string_view::npos;
}

bool has_underscores(std::string_view text) {
  return text.find('_') != std::string_view::npos;
}

// Underscores separate digits; one may follow a base prefix.
bool underscores_are_fine(std::string_view text) {
  const bool hexadecimal = has_base_prefix(text, "x");
  bool after_digit = false;
  bool after_underscore = false;
  if (has_base_prefix(text, "box")) {
    text.remove_prefix(2);
    after_digit = true;
  }
  for (const char c : text) {
    const bool digit = is_digit(c) || (hexadecimal && is_hexadecimal(c));
    if (c == '_' ? !after_digit : !digit && after_underscore) {
      return false;
    }
    after_digit = digit;
    after_underscore = c == '_';
  }
  return !after_underscore;
}

std::string without_underscores(std::string_view text) {
  std::string result;
  std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c != '_'; });
  return result;
}

std::string_view without_sign(std::string_view text) {
  text.remove_prefix(!text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0);
  return text;
}

// Takes the base off the front of an unsigned literal.
unsigned take_base(std::string_view& text) {
  if (text.size() >= 3 && has_base_prefix(text, "box")) {
    const char letter = lower(text[1]);
    text.remove_prefix(2);
    return letter == 'b' ? 2 : letter == 'o' ? 8 : 16;
  }
  const bool octal = text.starts_with('0');
  text.remove_prefix(octal ? 1 : 0);
  return octal ? 8 : 10;
}

}  // namespace

std::optional<std::uint64_t> parse_unsigned(std::string_view text, unsigned base) {
  if (text.empty()) {
    return {};
  }
  const bool as_literal = base == 0;
  std::string_view digits = text;
  base = as_literal ? take_base(digits) : base;
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (as_literal && c == '_') {
      continue;
    }
    const unsigned digit = digit_value(c);
    if (digit >= base || __builtin_mul_overflow(value, base, &value) ||
        __builtin_add_overflow(value, digit, &value)) {
      return {};
    }
  }
  return has_underscores(text) && !underscores_are_fine(text) ? std::nullopt : std::optional(value);
}

std::optional<std::int64_t> parse_int(std::string_view text, unsigned base) {
  const auto magnitude = parse_unsigned(without_sign(text), base);
  const bool negative = text.starts_with('-');
  constexpr std::uint64_t most = std::uint64_t(1) << 63;
  if (!magnitude || *magnitude > most || (*magnitude == most && !negative)) {
    return {};
  }
  return std::int64_t(negative ? 0 - *magnitude : *magnitude);
}

std::size_t real_length(std::string_view text) {
  std::size_t at = text.size() - without_sign(text).size();
  const bool hexadecimal = text.size() - at > 2 && has_base_prefix(text.substr(at), "x");
  at += hexadecimal ? 2 : 0;
  bool digits = false;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const bool digit = hexadecimal ? is_hexadecimal(c) : is_digit(c);
    if (!digit && c != '_' && (c != '.' || point)) {
      break;
    }
    digits = digits || digit;
    point = point || c == '.';
  }
  if (!digits) {
    return 0;
  }
  if (at == text.size() || lower(text[at]) != (hexadecimal ? 'p' : 'e')) {
    return hexadecimal ? 0 : at;  // hexadecimal ones must have an exponent
  }
  ++at;
  at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
  if (at == text.size() || !is_digit(text[at])) {
    return 0;
  }
  while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) {
    ++at;
  }
  return at;
}

namespace {

// Infinities may have a sign, NaN may not.
std::optional<double> named_real(std::string_view text) {
  const std::string name = celldrift::lower(without_sign(text));
  if (name == "inf" || name == "infinity") {
    return text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
  }
  const bool is_nan = name == "nan" && name.size() == text.size();
  return is_nan ? std::optional(std::numeric_limits<double>::quiet_NaN()) : std::nullopt;
}

}  // namespace

std::optional<double> parse_real(std::string_view text) {
  if (const auto named = named_real(text)) {
    return named;
  }
  if (text.empty() || real_length(text) != text.size() ||
      (has_underscores(text) && !underscores_are_fine(without_sign(text)))) {
    return {};
  }
  const double value = std::strtod(without_underscores(text).c_str(), nullptr);
  return std::isinf(value) ? std::nullopt : std::optional(value);
}

}  // namespace celldrift::gotemplate
