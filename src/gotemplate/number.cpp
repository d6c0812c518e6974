#include "gotemplate/number.hpp"

#include "celldrift/core/error.hpp"
#include "gotemplate/quote.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

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

bool has_base_prefix(std::string_view text, std::string_view letters) {
  return text.size() >= 2 && text[0] == '0' &&
         letters.find(lower(text[1])) != std::string_view::npos;
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

struct Digits {
  unsigned base = 10;
  std::string_view text;
};

Digits digits_of(std::string_view text) {
  if (text.empty() || text[0] != '0') {
    return {10, text};
  }
  if (text.size() >= 3 && has_base_prefix(text, "box")) {
    const char letter = lower(text[1]);
    return {letter == 'b' ? 2u : letter == 'o' ? 8u : 16u, text.substr(2)};
  }
  return {8, text.substr(1)};
}

}  // namespace

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  const Digits digits = digits_of(text);
  std::uint64_t value = 0;
  for (const char c : digits.text) {
    if (c == '_') {
      continue;
    }
    const unsigned digit = is_digit(c)         ? unsigned(c - '0')
                           : is_hexadecimal(c) ? unsigned(lower(c) - 'a' + 10)
                                               : 99;
    if (digit >= digits.base || __builtin_mul_overflow(value, digits.base, &value) ||
        __builtin_add_overflow(value, digit, &value)) {
      return {};
    }
  }
  const bool underscores = text.find('_') != std::string_view::npos;
  return underscores && !underscores_are_fine(text) ? std::nullopt : std::optional(value);
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  const auto magnitude = parse_unsigned(without_sign(text));
  const bool negative = text.starts_with('-');
  constexpr std::uint64_t most = std::uint64_t(1) << 63;
  if (!magnitude || *magnitude > most || (*magnitude == most && !negative)) {
    return {};
  }
  return std::int64_t(negative ? 0 - *magnitude : *magnitude);
}

namespace {

// Length of a number with an optional fraction and exponent, 0 when there is none.
std::size_t scan_real(std::string_view text) {
  const bool hexadecimal = text.size() > 2 && has_base_prefix(text, "x");
  std::size_t at = hexadecimal ? 2 : 0;
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

}  // namespace

std::optional<double> parse_real(std::string_view text) {
  const std::string_view digits = without_sign(text);
  const bool underscores = text.find('_') != std::string_view::npos;
  if (digits.empty() || scan_real(digits) != digits.size() ||
      (underscores && !underscores_are_fine(digits))) {
    return {};
  }
  const double value = std::strtod(without_underscores(text).c_str(), nullptr);
  return std::isinf(value) ? std::nullopt : std::optional(value);
}

namespace {

[[noreturn]] void fail(std::string message) {
  throw Error(ErrorCode::parse, std::move(message));
}

constexpr double two_to_63 = 9223372036854775808.0;

// Also an integer where the real is a whole one.
void add_integers(Number& number) {
  const double value = number.as_real;
  const bool whole = value == std::trunc(value);
  if (!number.is_int && whole && value >= -two_to_63 && value < two_to_63) {
    number.is_int = true;
    number.as_int = std::int64_t(value);
  }
  if (!number.is_unsigned && whole && value >= 0 && value < 2 * two_to_63) {
    number.is_unsigned = true;
    number.as_unsigned = std::uint64_t(value);
  }
}

Number complex_number(std::complex<double> value) {
  Number number;
  number.is_complex = true;
  number.as_complex = value;
  number.is_real = value.imag() == 0;
  if (number.is_real) {
    number.as_real = value.real();
    add_integers(number);
  }
  return number;
}

Number read_character(std::string_view text) {
  std::string_view rest = text.substr(1);
  const auto rune = unquote_rune(rest, text[0]);
  if (!rune) {
    fail("invalid syntax");
  }
  if (rest != "'") {
    fail("malformed character constant: " + std::string(text));
  }
  Number number;
  number.is_int = number.is_unsigned = number.is_real = true;
  number.as_int = std::int64_t(rune->code);
  number.as_unsigned = rune->code;
  number.as_real = double(rune->code);
  return number;
}

// "1+2i": the lexer has seen to the form.
Number read_complex(std::string_view text) {
  const std::size_t length =
      text.size() - without_sign(text).size() + scan_real(without_sign(text));
  const auto real = parse_real(text.substr(0, length));
  const auto imaginary = parse_real(text.substr(length, text.size() - length - 1));
  if (!real || !imaginary) {
    fail("syntax error scanning complex number");
  }
  return complex_number({*real, *imaginary});
}

Number read_plain(std::string_view text) {
  Number number;
  if (const auto value = parse_unsigned(text)) {
    number.is_unsigned = true;
    number.as_unsigned = *value;
  }
  if (const auto value = parse_int(text)) {
    number.is_int = true;
    number.as_int = *value;
    number.is_unsigned = number.is_unsigned || *value == 0;  // -0
  }
  if (number.is_int || number.is_unsigned) {
    number.is_real = true;
    number.as_real = number.is_int ? double(number.as_int) : double(number.as_unsigned);
    return number;
  }
  const auto value = parse_real(text);
  if (!value) {
    fail("illegal number syntax: " + quote_text(text, Ascii::no));
  }
  if (text.find_first_of(".eEpP") == std::string_view::npos) {
    fail("integer overflow: " + quote_text(text, Ascii::no));
  }
  number.is_real = true;
  number.as_real = *value;
  add_integers(number);
  return number;
}

}  // namespace

Number read_number(const Token& token) {
  if (token.kind == TokenKind::character_constant) {
    return read_character(token.text);
  }
  if (token.kind == TokenKind::complex) {
    return read_complex(token.text);
  }
  if (token.text.ends_with('i')) {
    if (const auto value = parse_real(token.text.substr(0, token.text.size() - 1))) {
      return complex_number({0, *value});
    }
  }
  return read_plain(token.text);
}

}  // namespace celldrift::gotemplate
