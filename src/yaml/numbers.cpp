#include "yaml/numbers.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace celldrift::yaml {
namespace {

// A number's shortest digits d1d2d3… and its exponent: 0.d1d2d3… × 10^point.
struct Decimal {
  bool negative = false;
  std::string digits;
  int point = 0;
};

template <typename Float>
Decimal shortest(Float number) {
  char text[64];
  const auto end =
      std::to_chars(text, text + sizeof text, number, std::chars_format::scientific).ptr;
  std::string_view rest(text, std::size_t(end - text));
  Decimal decimal;
  decimal.negative = rest.starts_with('-');
  rest.remove_prefix(decimal.negative);
  const std::size_t exponent = rest.find('e');
  for (const char c : rest.substr(0, exponent)) {
    if (c != '.') {
      decimal.digits += c;
    }
  }
  decimal.point = std::atoi(std::string(rest.substr(exponent + 1)).c_str()) + 1;
  return decimal;
}

std::string fixed_text(const Decimal& decimal) {
  std::string text = decimal.negative ? "-" : "";
  const int size = int(decimal.digits.size());
  if (decimal.point <= 0) {
    return text + "0." + std::string(std::size_t(-decimal.point), '0') + decimal.digits;
  }
  if (decimal.point >= size) {
    return text + decimal.digits + std::string(std::size_t(decimal.point - size), '0');
  }
  const auto point = std::size_t(decimal.point);
  return text + decimal.digits.substr(0, point) + "." + decimal.digits.substr(point);
}

// Exponents have a sign and at least two digits, as Go's.
std::string scientific_text(const Decimal& decimal) {
  const int exponent = decimal.point - 1;
  std::string text = (decimal.negative ? "-" : "") + decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) {
    text += "." + decimal.digits.substr(1);
  }
  const std::string magnitude = std::to_string(std::abs(exponent));
  return text + (exponent < 0 ? "e-" : "e+") + (magnitude.size() < 2 ? "0" : "") + magnitude;
}

// strconv's 'g', which turns to exponents at 6 digits when asked for the shortest form.
std::string general_text(const Decimal& decimal) {
  const int exponent = decimal.point - 1;
  return exponent < -4 || exponent >= 6 ? scientific_text(decimal) : fixed_text(decimal);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool looks_real(std::string_view text) {
  std::size_t at = 0;
  const auto skip_digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && is_digit(text[at])) {
      ++at;
    }
    return at - from;
  };
  const auto take = [&](std::string_view any) {
    const bool found = at < text.size() && any.find(text[at]) != std::string_view::npos;
    at += found;
    return found;
  };
  take("+-");
  const std::size_t whole = skip_digits();
  const std::size_t fraction = take(".") ? skip_digits() : 0;
  if (whole + fraction == 0) {
    return false;
  }
  if (take("eE")) {
    take("+-");
    if (skip_digits() == 0) {
      return false;
    }
  }
  return at == text.size();
}

struct Prefixed {
  std::string_view digits;
  int base;
};

Prefixed base_of(std::string_view text) {
  if (text.size() > 1 && text[0] == '0') {
    switch (text[1] | 0x20) {
      case 'x':
        return {text.substr(2), 16};
      case 'o':
        return {text.substr(2), 8};
      case 'b':
        return {text.substr(2), 2};
      default:
        return {text.substr(1), 8};
    }
  }
  return {text, 10};
}

std::optional<std::uint64_t> read_digits(std::string_view digits, int base) {
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, base);
  if (digits.empty() || error != std::errc{} || stop != end) {
    return std::nullopt;
  }
  return number;
}

std::optional<Value> signed_integer(std::uint64_t magnitude, std::string_view sign) {
  constexpr std::uint64_t most = std::uint64_t(INT64_MAX);
  if (sign == "-") {
    return magnitude <= most + 1 ? std::optional(Value::integer(std::int64_t(0 - magnitude)))
                                 : std::nullopt;
  }
  if (magnitude <= most) {
    return Value::integer(std::int64_t(magnitude));
  }
  // Go reads unsigned numbers without a sign only.
  return sign.empty() ? std::optional(Value::real(double(magnitude))) : std::nullopt;
}

}  // namespace

std::optional<Value> read_integer(std::string_view text) {
  const std::string_view sign =
      text.substr(0, text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  const auto [digits, base] = base_of(text.substr(sign.size()));
  const auto magnitude = read_digits(digits, base);
  return magnitude ? signed_integer(*magnitude, sign) : std::nullopt;
}

std::optional<Value> read_integer(std::string_view digits, int base) {
  const std::string_view sign =
      digits.substr(0, digits.starts_with('-') || digits.starts_with('+') ? 1 : 0);
  const auto magnitude = read_digits(digits.substr(sign.size()), base);
  return magnitude ? signed_integer(*magnitude, sign) : std::nullopt;
}

std::optional<double> read_real(std::string_view text) {
  if (!looks_real(text)) {
    return std::nullopt;
  }
  text.remove_prefix(text.starts_with('+'));
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) {
    // Too small is 0, too large is no number; from_chars does not tell them apart.
    number = std::strtod(std::string(text).c_str(), nullptr);
    return std::isinf(number) ? std::nullopt : std::optional(number);
  }
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

Value number_of(double number) {
  if (number == 0) {
    return Value::integer(0);
  }
  if (std::trunc(number) == number && std::abs(number) < 1e21) {
    // By its digits, not by a cast: JSON holds the shortest digits, padded with zeros.
    const auto integer = read_integer(fixed_text(shortest(number)), 10);
    if (integer && integer->is_int()) {
      return *integer;
    }
  }
  return Value::real(number);
}

std::string key_text(double number) {
  const float narrow = float(number);
  if (std::isnan(narrow)) {
    return ".nan";
  }
  if (std::isinf(narrow)) {
    return narrow < 0 ? "-.inf" : ".inf";
  }
  if (narrow == 0) {
    return std::signbit(narrow) ? "-0" : "0";
  }
  return general_text(shortest(narrow));
}

std::string go_text(double number) {
  if (number == 0) {
    return "0";
  }
  const Decimal decimal = shortest(number);
  // JSON writes whole numbers below 1e21 without an exponent, and go-yaml reads those that fit into
  // 64 bits as integers.
  if (std::trunc(number) == number && std::abs(number) < 1e21) {
    const std::string digits = fixed_text(decimal);
    if (read_integer(digits, 10)) {
      return digits;
    }
  }
  return general_text(decimal);
}

std::string real_text(double number) {
  if (number == 0) {
    return std::signbit(number) ? "-0.0" : "0.0";
  }
  const Decimal decimal = shortest(number);
  const int exponent = decimal.point - 1;
  if (exponent < -6 || exponent >= 21) {
    return scientific_text(decimal);
  }
  const std::string text = fixed_text(decimal);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

}  // namespace celldrift::yaml
