#include "sprig/go_math.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

namespace celldrift::sprig {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// What both have in common, for `best` as the infinity that wins.
double choose(double a, double b, double best, bool first) {
  if (a == best || b == best) {
    return best;
  }
  if (std::isnan(a) || std::isnan(b)) {
    return nan;
  }
  return first ? a : b;
}

}  // namespace

double go_max(double a, double b) {
  const bool zeros = a == 0 && b == 0;
  return choose(a, b, HUGE_VAL, zeros ? !std::signbit(a) : a > b);
}

double go_min(double a, double b) {
  const bool zeros = a == 0 && b == 0;
  return choose(a, b, -HUGE_VAL, zeros ? std::signbit(a) : a < b);
}

double power_of_ten(double exponent) {
  const double magnitude = std::fabs(exponent);
  if (magnitude >= 0x1p63) {
    return exponent > 0 ? HUGE_VAL : 0;
  }
  double result = 1;
  int result_exponent = 0;
  int exponent_of_factor = 0;
  double factor = std::frexp(10.0, &exponent_of_factor);
  for (auto i = std::int64_t(magnitude); i != 0; i >>= 1) {
    if (exponent_of_factor > 1 << 12) {  // surely past all numbers
      result_exponent += exponent_of_factor;
      break;
    }
    if ((i & 1) != 0) {
      result *= factor;
      result_exponent += exponent_of_factor;
    }
    factor *= factor;
    exponent_of_factor *= 2;
    if (factor < 0.5) {
      factor += factor;
      --exponent_of_factor;
    }
  }
  return exponent < 0 ? std::ldexp(1 / result, -result_exponent)
                      : std::ldexp(result, result_exponent);
}

double go_fraction(double value) {
  return std::isinf(value) ? nan : value - std::trunc(value);
}

}  // namespace celldrift::sprig
