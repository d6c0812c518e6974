#include "sprig/numbers.hpp"

#include "sprig/values.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace celldrift::sprig {
namespace {

using gotemplate::Any;
using gotemplate::Kind;

using Limits = std::numeric_limits<std::int64_t>;

constexpr char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool is_decimal(char c) {
  return c >= '0' && c <= '9';
}

bool is_hexadecimal(char c) {
  return is_decimal(c) || (lower_case(c) >= 'a' && lower_case(c) <= 'f');
}

bool take_sign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  return negative;
}

bool has_prefix(std::string_view text, std::string_view letters) {
  return text.size() >= 2 && text[0] == '0' && letters.find(lower_case(text[1])) != letters.npos;
}

// Go's rule of underscores: between digits, or between a base prefix and a digit.
bool underscores_are_fine(std::string_view text) {
  take_sign(text);
  const bool prefixed = has_prefix(text, "box");
  const bool hexadecimal = prefixed && lower_case(text[1]) == 'x';
  enum class Last { start, digit, underscore, other } last = Last::start;
  if (prefixed) {
    text.remove_prefix(2);
    last = Last::digit;
  }
  for (const char c : text) {
    if (hexadecimal ? is_hexadecimal(c) : is_decimal(c)) {
      last = Last::digit;
    } else if (c == '_') {
      if (last != Last::digit) {
        return false;
      }
      last = Last::underscore;
    } else {
      if (last == Last::underscore) {
        return false;
      }
      last = Last::other;
    }
  }
  return last != Last::underscore;
}

// Takes the base off the front of an unsigned literal.
int take_base(std::string_view& text) {
  if (text.size() >= 3 && has_prefix(text, "box")) {
    const char letter = lower_case(text[1]);
    text.remove_prefix(2);
    return letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
  }
  if (text.starts_with('0')) {
    text.remove_prefix(1);
    return 8;
  }
  return 10;
}

enum class Syntax { good, bad, too_large };

// The digits of an unsigned number without a prefix; there may be none.
Syntax read_digits(std::string_view text, int base, bool underscores, std::uint64_t& number) {
  bool overflow = false;
  for (const char c : text) {
    if (underscores && c == '_') {
      continue;
    }
    const int digit = is_decimal(c)                                  ? c - '0'
                      : lower_case(c) >= 'a' && lower_case(c) <= 'z' ? lower_case(c) - 'a' + 10
                                                                     : 99;
    if (digit >= base) {
      return Syntax::bad;
    }
    overflow = overflow || __builtin_mul_overflow(number, std::uint64_t(base), &number) ||
               __builtin_add_overflow(number, std::uint64_t(digit), &number);
    if (overflow) {
      return Syntax::too_large;
    }
  }
  return Syntax::good;
}

// strconv.ParseInt, clamped when it is too large.
Syntax read_int(std::string_view text, int base, std::int64_t& number) {
  const std::string_view whole = text;
  const bool negative = take_sign(text);
  if (text.empty()) {
    return Syntax::bad;
  }
  const bool any_base = base == 0;
  if (any_base) {
    base = take_base(text);
  }
  std::uint64_t magnitude = 0;
  const Syntax syntax = read_digits(text, base, any_base, magnitude);
  if (syntax == Syntax::bad || (text.find('_') != text.npos && !underscores_are_fine(whole))) {
    return Syntax::bad;
  }
  const std::uint64_t most = std::uint64_t(Limits::max()) + (negative ? 1 : 0);
  if (syntax == Syntax::too_large || magnitude > most) {
    number = negative ? Limits::min() : Limits::max();
    return Syntax::too_large;
  }
  number = std::int64_t(negative ? 0 - magnitude : magnitude);
  return Syntax::good;
}

std::optional<double> read_special(std::string_view text) {
  std::string name;
  const bool signed_text = text.starts_with('-') || text.starts_with('+');
  const bool negative = take_sign(text);
  for (const char c : text) {
    name += lower_case(c);
  }
  if (name == "inf" || name == "infinity") {
    return negative ? -HUGE_VAL : HUGE_VAL;
  }
  if (name == "nan" && !signed_text) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return std::nullopt;
}

// A floating-point literal cut up; the digits have no underscores.
struct Literal {
  std::string digits;    // with the point
  std::string exponent;  // with its sign when that is '-'
  bool negative = false;
  bool hexadecimal = false;
};

bool take_digits(std::string_view& text, Literal& literal) {
  bool digit_seen = false;
  bool point_seen = false;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char c = text.front();
    if (c == '_') {
      continue;
    }
    const bool digit = literal.hexadecimal ? is_hexadecimal(c) : is_decimal(c);
    if (!digit && (c != '.' || point_seen)) {
      break;
    }
    digit_seen = digit_seen || digit;
    point_seen = point_seen || c == '.';
    literal.digits += c;
  }
  return digit_seen;
}

bool take_exponent(std::string_view& text, Literal& literal) {
  if (text.empty() || lower_case(text.front()) != (literal.hexadecimal ? 'p' : 'e')) {
    return !literal.hexadecimal;  // a hexadecimal number must have one
  }
  text.remove_prefix(1);
  literal.exponent = take_sign(text) ? "-" : "";
  if (text.empty() || !is_decimal(text.front())) {
    return false;
  }
  for (; !text.empty() && (is_decimal(text.front()) || text.front() == '_');
       text.remove_prefix(1)) {
    if (text.front() != '_') {
      literal.exponent += text.front();
    }
  }
  return true;
}

std::optional<Literal> cut_literal(std::string_view text) {
  Literal literal;
  const std::string_view whole = text;
  literal.negative = take_sign(text);
  literal.hexadecimal = text.size() > 2 && has_prefix(text, "x");
  text.remove_prefix(literal.hexadecimal ? 2 : 0);
  const bool good = take_digits(text, literal) && take_exponent(text, literal) && text.empty();
  if (!good || (whole.find('_') != whole.npos && !underscores_are_fine(whole))) {
    return std::nullopt;
  }
  return literal;
}

// How far left of the point the first digit other than 0 is; negative right of it.
std::int64_t magnitude_of(const Literal& literal) {
  const std::size_t point = std::min(literal.digits.find('.'), literal.digits.size());
  const std::size_t first = literal.digits.find_first_not_of("0.");
  return first == std::string::npos ? -1 : std::int64_t(point) - std::int64_t(first);
}

std::optional<double> value_of(const Literal& literal) {
  const std::string text = literal.digits + (literal.hexadecimal ? "p" : "e") +
                           (literal.exponent.empty() ? std::string("0") : literal.exponent);
  const auto format = literal.hexadecimal ? std::chars_format::hex : std::chars_format::general;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, format);
  if (error == std::errc::result_out_of_range) {
    // Either too large, which is an error, or too small, which is 0 in Go.
    const bool huge_exponent = literal.exponent.size() > 9;
    const std::int64_t exponent = huge_exponent              ? 1'000'000'000
                                  : literal.exponent.empty() ? 0
                                                             : atoi(literal.exponent);
    const bool down = literal.exponent.starts_with('-');
    const std::int64_t scale = huge_exponent && down ? -exponent : exponent;
    const std::int64_t per_digit = literal.hexadecimal ? 4 : 1;
    if (literal.digits.find_first_not_of("0.") != std::string::npos &&
        magnitude_of(literal) * per_digit + scale > 0) {
      return std::nullopt;
    }
    value = 0;
  }
  return literal.negative ? -value : value;
}

// cast.ToInt64 drops a fraction of zeros: "1.00" is "1".
std::string_view without_zero_fraction(std::string_view text) {
  bool zero_seen = false;
  for (std::size_t i = text.size(); i > 0 && (text[i - 1] == '.' || text[i - 1] == '0'); --i) {
    if (text[i - 1] == '.' && zero_seen) {
      return text.substr(0, i - 1);
    }
    zero_seen = zero_seen || text[i - 1] == '0';
  }
  return text;
}

// Types that cast has a case for: Go's own, and two of package time. Others count as 0.
bool is_known_to_cast(const Any& value) {
  return value.type()->name == describe(value.kind()) || value.type()->name == "time.Month" ||
         value.type()->name == "time.Weekday";
}

}  // namespace

std::optional<std::int64_t> parse_int(std::string_view text, int base) {
  std::int64_t number = 0;
  return read_int(text, base, number) == Syntax::good ? std::optional(number) : std::nullopt;
}

std::int64_t atoi(std::string_view text) {
  std::int64_t number = 0;
  return read_int(text, 10, number) == Syntax::bad ? 0 : number;
}

std::optional<double> parse_float(std::string_view text) {
  if (const auto special = read_special(text)) {
    return special;
  }
  const auto literal = cut_literal(text);
  return literal ? value_of(*literal) : std::nullopt;
}

std::string scientific_digits(double value) {
  char text[32];
  return {text, std::to_chars(text, std::end(text), value, std::chars_format::scientific).ptr};
}

// Not std::to_chars(fixed), which writes large numbers with all the digits that they really have.
std::string plain_digits(double value) {
  const std::string text = scientific_digits(std::fabs(value));
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, 1) + (mark > 1 ? text.substr(2, mark - 2) : "");
  const auto exponent = int(atoi(std::string_view(text).substr(mark + 1)));
  if (exponent < 0) {
    digits.insert(0, std::size_t(-exponent), '0');
  }
  const std::size_t whole = std::size_t(std::max(exponent, 0)) + 1;
  digits.resize(std::max(digits.size(), whole), '0');
  if (digits.size() > whole) {
    digits.insert(whole, ".");
  }
  return (std::signbit(value) ? "-" : "") + digits;
}

std::int64_t truncated(double value) {
  // 2^63 itself does not fit, -2^63 does.
  const bool fits = value >= -0x1p63 && value < 0x1p63;
  return fits ? std::int64_t(value) : Limits::min();
}

std::int64_t to_int64(const Any& value) {
  if (value.is_nil() || !is_known_to_cast(value)) {
    return 0;
  }
  if (is_signed(value.kind())) {
    return value.as_int();
  }
  if (is_unsigned(value.kind())) {
    return std::int64_t(value.as_unsigned());
  }
  if (is_float(value.kind())) {
    return truncated(value.as_real());
  }
  if (value.kind() == Kind::string) {
    return parse_int(without_zero_fraction(value.as_string()), 0).value_or(0);
  }
  return value.kind() == Kind::boolean && value.as_bool() ? 1 : 0;
}

double to_float64(const Any& value) {
  if (value.is_nil() || !is_known_to_cast(value)) {
    return 0;
  }
  if (is_signed(value.kind())) {
    return double(value.as_int());
  }
  if (is_unsigned(value.kind())) {
    return double(value.as_unsigned());
  }
  if (is_float(value.kind())) {
    return value.as_real();
  }
  if (value.kind() == Kind::string) {
    return parse_float(value.as_string()).value_or(0);
  }
  return value.kind() == Kind::boolean && value.as_bool() ? 1 : 0;
}

}  // namespace celldrift::sprig
