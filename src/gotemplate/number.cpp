#include "gotemplate/number.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "gotemplate/quote.hpp"

#include <cmath>

namespace celldrift::gotemplate {

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
  const std::size_t length = real_length(text);
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
