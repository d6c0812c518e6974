// The decimal digits come from std::to_chars, which rounds correctly and finds the shortest text as
// Go does; how they are laid out (exponents of two digits, when %g turns to %e) is Go's.
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/strconv.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace celldrift::gotemplate {

namespace {

// 0.d1d2d3… × 10^point; no digits for zero.
struct Decimal {
  std::string digits;
  int point = 0;
};

template <typename... Arguments>
std::string to_text(double value, int bits, std::size_t size, Arguments... how) {
  std::string text(size, '\0');
  char* const end = text.data() + text.size();
  const auto written = bits == 32 ? std::to_chars(text.data(), end, float(value), how...)
                                  : std::to_chars(text.data(), end, value, how...);
  text.resize(std::size_t(written.ptr - text.data()));
  return text;
}

// Of a text as to_chars writes it in scientific form: "1.25e+02".
Decimal digits_of(std::string_view scientific) {
  Decimal decimal;
  const std::size_t e = scientific.find('e');
  for (const char c : scientific.substr(0, e)) {
    if (c != '.') {
      decimal.digits += c;
    }
  }
  std::string_view exponent = scientific.substr(e + 1);
  exponent.remove_prefix(exponent.starts_with('+') ? 1 : 0);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.point);
  ++decimal.point;
  decimal.digits.erase(decimal.digits.find_last_not_of('0') + 1);
  return decimal;
}

Decimal shortest_digits(double magnitude, int bits) {
  return magnitude == 0 ? Decimal{}
                        : digits_of(to_text(magnitude, bits, 64, std::chars_format::scientific));
}

Decimal rounded_digits(double magnitude, int bits, int count) {
  return magnitude == 0 ? Decimal{}
                        : digits_of(to_text(magnitude,
                                            bits,
                                            std::size_t(count) + 32,
                                            std::chars_format::scientific,
                                            count - 1));
}

std::string exponent_text(int exponent) {
  std::string digits = std::to_string(std::abs(exponent));
  return (exponent < 0 ? "-" : "+") + std::string(digits.size() < 2 ? "0" : "") + digits;
}

std::string scientific(const Decimal& decimal, int precision, char e) {
  std::string text(1, decimal.digits.empty() ? '0' : decimal.digits[0]);
  if (precision > 0) {
    std::string more = decimal.digits.empty() ? "" : decimal.digits.substr(1);
    more.resize(std::size_t(precision), '0');
    text += '.' + more;
  }
  return text + e + exponent_text(decimal.digits.empty() ? 0 : decimal.point - 1);
}

std::string fixed(const Decimal& decimal, int precision) {
  const auto digit = [&](int i) {
    return i >= 0 && i < int(decimal.digits.size()) ? decimal.digits[std::size_t(i)] : '0';
  };
  std::string text;
  for (int i = 0; i < decimal.point; ++i) {
    text += digit(i);
  }
  text += text.empty() ? "0" : "";
  text += precision > 0 ? "." : "";
  for (int i = 0; i < precision; ++i) {
    text += digit(decimal.point + i);
  }
  return text;
}

// %g: %e for exponents below -4 and from the precision on (six digits when it is the shortest).
std::string general(double magnitude, int precision, int bits, char e) {
  const bool shortest = precision < 0;
  const Decimal decimal = shortest ? shortest_digits(magnitude, bits)
                                   : rounded_digits(magnitude, bits, std::max(precision, 1));
  const int count = int(decimal.digits.size());
  precision = shortest ? std::max(count, 6) : std::max(precision, 1);
  const int threshold = shortest                                      ? 6
                        : precision > count && count >= decimal.point ? count
                                                                      : precision;
  const int exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= threshold) {
    return scientific(decimal, std::min(precision, count) - 1, e);
  }
  return fixed(decimal,
               std::max((precision > decimal.point ? count : precision) - decimal.point, 0));
}

struct Binary {
  std::uint64_t mantissa = 0;
  int exponent = 0;  // value = mantissa × 2^(exponent - bits)
  int bits = 52;     // of the mantissa, without the leading one
};

Binary binary_of(double magnitude, int bits) {
  Binary parts;
  int raw = 0;
  if (bits == 32) {
    const auto word = std::bit_cast<std::uint32_t>(float(magnitude));
    parts = {word & 0x7fffffu, -127, 23};
    raw = int(word >> 23);
  } else {
    const auto word = std::bit_cast<std::uint64_t>(magnitude);
    parts = {word & 0xfffffffffffffu, -1023, 52};
    raw = int(word >> 52);
  }
  parts.mantissa |= raw == 0 ? 0 : std::uint64_t(1) << parts.bits;
  parts.exponent += std::max(raw, 1);
  return parts;
}

std::string binary_text(const Binary& parts) {
  const int exponent = parts.exponent - parts.bits;
  return std::to_string(parts.mantissa) + (exponent >= 0 ? "p+" : "p") + std::to_string(exponent);
}

// Rounds a mantissa whose leading one is at bit 60 to `digits` hexadecimal digits after it.
void round_hexadecimal(std::uint64_t& mantissa, int& exponent, int digits) {
  constexpr std::uint64_t one = 1;
  const int shift = digits * 4;
  const std::uint64_t extra = (mantissa << shift) & ((one << 60) - 1);
  mantissa >>= 60 - shift;
  mantissa += (extra | (mantissa & 1)) > one << 59 ? 1 : 0;
  mantissa <<= 60 - shift;
  if ((mantissa & one << 61) != 0) {
    mantissa >>= 1;
    ++exponent;
  }
}

std::string hexadecimal_text(const Binary& parts, int precision, bool upper) {
  constexpr std::uint64_t one = 1;
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::uint64_t mantissa = parts.mantissa << (60 - parts.bits);
  int exponent = mantissa == 0 ? 0 : parts.exponent;
  for (; mantissa != 0 && (mantissa & one << 60) == 0; mantissa <<= 1) {
    --exponent;
  }
  if (precision >= 0 && precision < 15) {
    round_hexadecimal(mantissa, exponent, precision);
  }
  std::string text = upper ? "0X" : "0x";
  text += char('0' + (mantissa >> 60 & 1));
  mantissa <<= 4;
  text += precision > 0 || (precision < 0 && mantissa != 0) ? "." : "";
  for (int i = 0; precision < 0 ? mantissa != 0 : i < precision; ++i, mantissa <<= 4) {
    text += digits[mantissa >> 60 & 15];
  }
  return text + (upper ? 'P' : 'p') + exponent_text(exponent);
}

std::string magnitude_text(double magnitude, char format, int precision, int bits) {
  switch (format) {
    case 'b':
      return binary_text(binary_of(magnitude, bits));
    case 'x':
    case 'X':
      return hexadecimal_text(binary_of(magnitude, bits), precision, format == 'X');
    case 'g':
    case 'G':
      return general(magnitude, precision, bits, char(format + 'e' - 'g'));
    case 'f':
      if (precision >= 0) {
        // The widest double has 309 digits before the point.
        return to_text(
            magnitude, bits, std::size_t(precision) + 320, std::chars_format::fixed, precision);
      } else {
        const Decimal decimal = shortest_digits(magnitude, bits);
        return fixed(decimal, std::max(int(decimal.digits.size()) - decimal.point, 0));
      }
    default: {
      const Decimal decimal = precision < 0 ? shortest_digits(magnitude, bits)
                                            : rounded_digits(magnitude, bits, precision + 1);
      return scientific(
          decimal, precision < 0 ? int(decimal.digits.size()) - 1 : precision, format);
    }
  }
}

}  // namespace

std::string format_real(double value, char format, int precision, int bits) {
  if (bits == 32) {
    value = double(float(value));
  }
  if (std::isnan(value)) {
    return "NaN";
  }
  if (std::isinf(value)) {
    return value < 0 ? "-Inf" : "+Inf";
  }
  const std::string text = magnitude_text(std::abs(value), format, precision, bits);
  return std::signbit(value) ? '-' + text : text;
}

std::string format_float(double value) {
  return format_real(value, 'g', -1, 64);
}

}  // namespace celldrift::gotemplate
