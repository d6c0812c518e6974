// Numbers of a Printer.
#include "celldrift/core/unicode.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "gotemplate/printer.hpp"
#include "gotemplate/quote.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

namespace {

std::string digits_of(std::uint64_t value, unsigned base, bool upper) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string text;
  do {
    text += digits[value % base];
    value /= base;
  } while (value != 0);
  std::ranges::reverse(text);
  return text;
}

char32_t rune_of(std::uint64_t code) {
  return code > 0x10ffff ? utf8::replacement : char32_t(code);
}

// Without one of the flags for as long as it lives.
class Without {
 public:
  explicit Without(bool& flag) : flag_(flag), before_(std::exchange(flag, false)) {}
  ~Without() { flag_ = before_; }
  Without(const Without&) = delete;
  Without& operator=(const Without&) = delete;

 private:
  bool& flag_;
  bool before_;
};

}  // namespace

void Printer::print_signed(std::int64_t value, const Any& origin, char32_t verb) {
  const bool negative = value < 0;
  const auto bits = std::uint64_t(value);
  if (verb == 'c' || verb == 'q' || verb == 'U') {
    return integer(bits, false, origin, verb);  // a code point, whatever its sign
  }
  integer(negative ? 0 - bits : bits, negative, origin, verb);
}

void Printer::print_unsigned(std::uint64_t value, const Any& origin, char32_t verb) {
  if (verb == 'v' && flags.sharp_v) {
    return lay_out_0x(value, true);
  }
  integer(value, false, origin, verb);
}

void Printer::integer(std::uint64_t magnitude, bool negative, const Any& origin, char32_t verb) {
  switch (verb) {
    case 'v':
    case 'd':
      return lay_out_integer(magnitude, negative, 10, verb);
    case 'b':
      return lay_out_integer(magnitude, negative, 2, verb);
    case 'o':
    case 'O':
      return lay_out_integer(magnitude, negative, 8, verb);
    case 'x':
    case 'X':
      return lay_out_integer(magnitude, negative, 16, verb);
    case 'c':
      return lay_out_rune(magnitude);
    case 'q':
      return lay_out_quoted_rune(magnitude);
    case 'U':
      return lay_out_unicode(magnitude);
    default:
      return print_bad_verb(origin, verb);
  }
}

void Printer::lay_out_0x(std::uint64_t value, bool prefix) {
  const bool before = std::exchange(flags.sharp, prefix);
  lay_out_integer(value, false, 16, 'v');
  flags.sharp = before;
}

void Printer::lay_out_integer(std::uint64_t magnitude,
                              bool negative,
                              unsigned base,
                              char32_t verb) {
  int least = 0;  // digits
  if (flags.has_precision) {
    least = flags.precision;
    if (least == 0 && magnitude == 0) {
      const Without zeros(flags.zero);
      return write_padding(flags.width);
    }
  } else if (flags.zero && !flags.minus && flags.has_width) {
    least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
  }
  std::string number = digits_of(magnitude, base, verb == 'X');
  if (least > int(number.size())) {
    number.insert(0, std::size_t(least) - number.size(), '0');
  }
  if (flags.sharp) {
    number.insert(0,
                  base == 2                               ? "0b"
                  : base == 16                            ? verb == 'X' ? "0X" : "0x"
                  : base == 8 && !number.starts_with('0') ? "0"
                                                          : "");
  }
  number.insert(0, verb == 'O' ? "0o" : "");
  number.insert(0, negative ? "-" : flags.plus ? "+" : flags.space ? " " : "");
  const Without zeros(flags.zero);
  pad(number);
}

void Printer::lay_out_unicode(std::uint64_t code) {
  std::string number = digits_of(code, 16, true);
  const int least = flags.has_precision ? std::max(flags.precision, 4) : 4;
  if (least > int(number.size())) {
    number.insert(0, std::size_t(least) - number.size(), '0');
  }
  number.insert(0, "U+");
  if (flags.sharp && code <= 0x10ffff && is_printable(char32_t(code))) {
    number += " '";
    utf8::append(number, char32_t(code));
    number += '\'';
  }
  const Without zeros(flags.zero);
  pad(number);
}

void Printer::lay_out_rune(std::uint64_t code) {
  std::string rune;
  utf8::append(rune, rune_of(code));
  pad(rune);
}

void Printer::lay_out_quoted_rune(std::uint64_t code) {
  pad(quote_rune(rune_of(code), flags.plus ? Ascii::only : Ascii::no));
}

void Printer::print_real(double value, int bits, const Any& origin, char32_t verb) {
  switch (verb) {
    case 'v':
      return lay_out_real(value, bits, 'g', -1);
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return lay_out_real(value, bits, char(verb), -1);
    case 'f':
    case 'e':
    case 'E':
      return lay_out_real(value, bits, char(verb), 6);
    case 'F':
      return lay_out_real(value, bits, 'f', 6);
    default:
      return print_bad_verb(origin, verb);
  }
}

void Printer::print_complex(const Any& value, char32_t verb) {
  if (verb > 0x7f || std::string_view("vbgGxXfFeE").find(char(verb)) == std::string_view::npos) {
    return print_bad_verb(value, verb);
  }
  const bool before = flags.plus;
  write("(");
  print_real(value.as_complex().real(), 64, value, verb);
  flags.plus = true;  // the imaginary part always has a sign
  print_real(value.as_complex().imag(), 64, value, verb);
  write("i)");
  flags.plus = before;
}

namespace {

// What the sharp flag adds: a point, and for %g the zeros that it would leave out. `number` begins
// with its sign.
std::string with_point_and_zeros(std::string number, char format, int precision) {
  const bool hexadecimal = format == 'x' || format == 'X';
  const std::size_t exponent = number.find_first_of(hexadecimal ? "pP" : "eEpP");
  const std::string tail = exponent == std::string::npos ? "" : number.substr(exponent);
  number.resize(number.size() - tail.size());
  int missing = 0;  // digits
  if (format == 'g' || format == 'G' || format == 'x') {
    missing = precision == -1 ? 6 : precision;
  }
  bool significant = false;
  for (const char c : std::string_view(number).substr(1)) {
    significant = significant || (c != '0' && c != '.');
    missing -= significant && c != '.' ? 1 : 0;
  }
  if (number.find('.') == std::string::npos) {
    missing -= number.substr(1) == "0" ? 1 : 0;
    number += '.';
  }
  number.append(std::size_t(std::max(missing, 0)), '0');
  return number + tail;
}

}  // namespace

void Printer::lay_out_real(double value, int bits, char format, int precision) {
  precision = flags.has_precision ? flags.precision : precision;
  std::string number = format_real(value, format, precision, bits);
  if (number[0] != '-' && number[0] != '+') {
    number.insert(0, "+");
  }
  if (flags.space && number[0] == '+' && !flags.plus) {
    number[0] = ' ';
  }
  if (number[1] == 'I' || number[1] == 'N') {
    const Without zeros(flags.zero);
    number.erase(0, number[1] == 'N' && !flags.space && !flags.plus ? 1 : 0);
    return pad(number);
  }
  if (flags.sharp && format != 'b') {
    number = with_point_and_zeros(std::move(number), format, precision);
  }
  if (!flags.plus && number[0] == '+') {
    return pad(std::string_view(number).substr(1));
  }
  const bool zeros = flags.zero && !flags.minus && flags.has_width;
  if (zeros && flags.width > int(number.size())) {  // between the sign and the digits
    write(number.substr(0, 1));
    write_padding(flags.width - std::ptrdiff_t(number.size()));
    return write(std::string_view(number).substr(1));
  }
  pad(number);
}

}  // namespace celldrift::gotemplate
