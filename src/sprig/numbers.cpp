#include "sprig/numbers.hpp"

#include "celldrift/gotemplate/strconv.hpp"

#include <algorithm>
#include <limits>

namespace celldrift::sprig {
namespace {

using gotemplate::Any;
using gotemplate::Kind;

using Limits = std::numeric_limits<std::int64_t>;

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

std::int64_t atoi(std::string_view text) {
  if (const auto number = gotemplate::parse_int(text, 10)) {
    return *number;
  }
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative || text.starts_with('+') ? 1 : 0);
  const bool too_large = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  return too_large ? (negative ? Limits::min() : Limits::max()) : 0;
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
    return gotemplate::parse_int(without_zero_fraction(value.as_string())).value_or(0);
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
    return gotemplate::parse_real(value.as_string()).value_or(0);
  }
  return value.kind() == Kind::boolean && value.as_bool() ? 1 : 0;
}

}  // namespace celldrift::sprig
