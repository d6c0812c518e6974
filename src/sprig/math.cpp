// Whole and floating-point numbers. Whole ones wrap around, as Go's do.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/go_math.hpp"
#include "sprig/numbers.hpp"
#include "sprig/values.hpp"

#include <cmath>
#include <limits>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any wrapped(std::uint64_t value) {
  return Any::integer(std::int64_t(value), int64_type);
}

std::uint64_t bits(const Any& value) {
  return std::uint64_t(to_int64(value));
}

Any add1(const Call& call) {
  return wrapped(bits(call[0]) + 1);
}

Any add(const Call& call) {
  std::uint64_t sum = 0;
  for (const Any& value : call.arguments) {
    sum += bits(value);
  }
  return wrapped(sum);
}

Any sub(const Call& call) {
  return wrapped(bits(call[0]) - bits(call[1]));
}

Any mul(const Call& call) {
  std::uint64_t product = 1;
  for (const Any& value : call.arguments) {
    product *= bits(value);
  }
  return wrapped(product);
}

// The smallest number divided by -1 is itself in Go; C++ leaves it undefined.
bool is_negation(std::int64_t divisor) {
  if (divisor == 0) {
    fail_at_runtime("integer divide by zero");
  }
  return divisor == -1;
}

Any div(const Call& call) {
  const std::int64_t a = to_int64(call[0]);
  const std::int64_t b = to_int64(call[1]);
  return wrapped(is_negation(b) ? 0 - std::uint64_t(a) : std::uint64_t(a / b));
}

Any mod(const Call& call) {
  const std::int64_t a = to_int64(call[0]);
  const std::int64_t b = to_int64(call[1]);
  return wrapped(is_negation(b) ? 0 : std::uint64_t(a % b));
}

Any max(const Call& call) {
  std::int64_t most = std::numeric_limits<std::int64_t>::min();
  for (const Any& value : call.arguments) {
    most = std::max(most, to_int64(value));
  }
  return Any::integer(most, int64_type);
}

Any min(const Call& call) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const Any& value : call.arguments) {
    least = std::min(least, to_int64(value));
  }
  return Any::integer(least, int64_type);
}

Any folded(const Call& call, double (*fold)(double, double)) {
  double result = to_float64(call[0]);
  for (const Any& value : call.arguments.subspan(1)) {
    result = fold(result, to_float64(value));
  }
  return Any::real(result);
}

Any maxf(const Call& call) {
  return folded(call, go_max);
}

Any minf(const Call& call) {
  return folded(call, go_min);
}

Any floor(const Call& call) {
  return Any::real(std::floor(to_float64(call[0])));
}

Any ceil(const Call& call) {
  return Any::real(std::ceil(to_float64(call[0])));
}

// `round value places [from]`: rounds up where the fraction is `from` (0.5) or more; negative
// numbers, whose fractions are negative, go down.
Any round(const Call& call) {
  const double round_on = call.size() > 2 ? call[2].as_real() : 0.5;
  const double scale = power_of_ten(double(call[1].as_int()));
  const double scaled = scale * to_float64(call[0]);
  const double fraction = go_fraction(scaled);
  return Any::real((fraction >= round_on ? std::ceil(scaled) : std::floor(scaled)) / scale);
}

constexpr auto anything = takes<interface_type>;
constexpr auto pair = takes<interface_type, interface_type>;

constexpr Function table[] = {
    {"add", anything, true, &int64_type, add},
    {"add1", anything, false, &int64_type, add1},
    {"biggest", pair, true, &int64_type, max},
    {"ceil", anything, false, &float64_type, ceil},
    {"div", pair, false, &int64_type, div},
    {"floor", anything, false, &float64_type, floor},
    {"max", pair, true, &int64_type, max},
    {"maxf", pair, true, &float64_type, maxf},
    {"min", pair, true, &int64_type, min},
    {"minf", pair, true, &float64_type, minf},
    {"mod", pair, false, &int64_type, mod},
    {"mul", pair, true, &int64_type, mul},
    {"round", takes<interface_type, int_type, float64_type>, true, &float64_type, round},
    {"sub", pair, false, &int64_type, sub},
};

}  // namespace

std::span<const Function> math_functions() {
  return table;
}

}  // namespace celldrift::sprig
