// An amount is digits × 10^exponent × 2^binary, all exact: no floating point, so 0.1 and 100m are
// equal and 1Gi and 1073741824 too, however many digits they have.

#include "compare/meaning/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace celldrift::compare {
namespace {

constexpr int max_exponent = 400;  // nothing real is larger; keeps hostile input small

// An exact decimal: ±digits × 10^-scale, without leading or trailing zeros.
struct Decimal {
  bool negative = false;
  std::string digits;  // most significant first; "" is zero
  int scale = 0;       // digits after the point

  bool operator==(const Decimal&) const = default;
};

Decimal normal(Decimal number) {
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
  while (!number.digits.empty() && number.digits.back() == '0') {
    number.digits.pop_back();
    --number.scale;
  }
  return number.digits.empty() ? Decimal{} : number;
}

// Multiplies by a small number, digit by digit.
void multiply(std::string& digits, unsigned factor) {
  unsigned carry = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    const unsigned product = unsigned(digits[i] - '0') * factor + carry;
    digits[i] = char('0' + product % 10);
    carry = product / 10;
  }
  if (carry != 0) {
    digits.insert(0, std::to_string(carry));
  }
}

struct Suffix {
  std::string_view text;
  int exponent;  // of ten
  int binary;    // of two
};
// apimachinery's resource.Quantity: the suffixes of its three formats.
constexpr Suffix suffixes[] = {
    {"", 0, 0},
    {"n", -9, 0},
    {"u", -6, 0},
    {"m", -3, 0},
    {"k", 3, 0},
    {"M", 6, 0},
    {"G", 9, 0},
    {"T", 12, 0},
    {"P", 15, 0},
    {"E", 18, 0},
    {"Ki", 0, 10},
    {"Mi", 0, 20},
    {"Gi", 0, 30},
    {"Ti", 0, 40},
    {"Pi", 0, 50},
    {"Ei", 0, 60},
};

std::optional<Suffix> suffix_of(std::string_view text) {
  for (const Suffix& suffix : suffixes) {
    if (suffix.text == text) {
      return suffix;
    }
  }
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) {
    return std::nullopt;
  }
  text.remove_prefix(text[1] == '+' ? 2 : 1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc{} || end != text.data() + text.size() ||
      std::abs(exponent) > max_exponent) {
    return std::nullopt;
  }
  return Suffix{"", exponent, 0};
}

std::optional<Decimal> parse(std::string_view text) {
  Decimal number;
  number.negative = text.starts_with('-');
  if (number.negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view mantissa = text.substr(0, end);
  const std::size_t point = mantissa.find('.');
  const auto suffix = suffix_of(text.substr(end));
  if (!suffix || mantissa.empty() || mantissa == "." || mantissa.size() > max_exponent ||
      mantissa.find('.', std::min(point, mantissa.size() - 1) + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  number.digits = std::string(mantissa.substr(0, point));
  if (point != std::string_view::npos) {
    number.digits += mantissa.substr(point + 1);
    number.scale = int(mantissa.size() - point - 1);
  }
  number.scale -= suffix->exponent;
  for (int bits = suffix->binary; bits > 0; bits -= 10) {
    multiply(number.digits, 1024);
  }
  return normal(std::move(number));
}

// Rounded away from zero to `places` digits after the point, as the API server stores amounts.
Decimal rounded_up(Decimal number, int places) {
  if (number.scale <= places) {
    return number;
  }
  const std::size_t dropped = std::min(number.digits.size(), std::size_t(number.scale - places));
  number.digits.resize(number.digits.size() - dropped);
  number.scale = places;
  for (std::size_t i = number.digits.size();; --i) {  // add one to the last place
    if (i == 0) {
      number.digits.insert(0, "1");
      break;
    }
    if (number.digits[i - 1] != '9') {
      ++number.digits[i - 1];
      break;
    }
    number.digits[i - 1] = '0';
  }
  return normal(std::move(number));
}

}  // namespace

bool same_quantity(std::string_view stated, std::string_view stored, Rounding rounding) {
  if (stated == stored) {
    return true;
  }
  const auto want = parse(stated);
  const auto have = parse(stored);
  if (!want || !have) {
    return false;
  }
  return *want == *have || (rounding != Rounding::none && rounded_up(*want, 9) == *have) ||
         (rounding == Rounding::milli && rounded_up(*want, 3) == *have);
}

}  // namespace celldrift::compare
