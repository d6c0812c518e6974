// Floating-point numbers computed with as decimals.
#include "sprig/decimal.hpp"
#include "sprig/families.hpp"
#include "sprig/numbers.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

using Operation = Decimal (Decimal::*)(const Decimal&) const;

Any folded(const Call& call, Decimal result, std::span<const Any> values, Operation operation) {
  for (const Any& value : values) {
    charge(call, result.bytes());
    result = (result.*operation)(Decimal(to_float64(value)));
  }
  return Any::real(result.nearest());
}

Any fold(const Call& call, Operation operation) {
  return folded(call, Decimal(to_float64(call[0])), call.arguments.subspan(1), operation);
}

Any add1f(const Call& call) {
  return Any::real(Decimal(to_float64(call[0])).plus(Decimal(1)).nearest());
}

Any addf(const Call& call) {
  return folded(call, Decimal(0), call.arguments, &Decimal::plus);
}

Any subf(const Call& call) {
  return fold(call, &Decimal::minus);
}

Any mulf(const Call& call) {
  return fold(call, &Decimal::times);
}

Any divf(const Call& call) {
  return fold(call, &Decimal::over);
}

constexpr auto anything = takes<interface_type>;
constexpr auto pair = takes<interface_type, interface_type>;

constexpr Function table[] = {
    {"add1f", anything, false, &float64_type, add1f},
    {"addf", anything, true, &float64_type, addf},
    {"divf", pair, true, &float64_type, divf},
    {"mulf", pair, true, &float64_type, mulf},
    {"subf", pair, true, &float64_type, subf},
};

}  // namespace

std::span<const Function> decimals_functions() {
  return table;
}

}  // namespace celldrift::sprig
