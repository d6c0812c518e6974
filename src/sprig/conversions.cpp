// Values of any type as numbers and texts.
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "sprig/families.hpp"
#include "sprig/numbers.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any from_decimal_text(const Call& call) {
  return Any::integer(atoi(text(call, 0)));
}

Any as_int(const Call& call) {
  return Any::integer(to_int64(call[0]));
}

Any as_int64(const Call& call) {
  return Any::integer(to_int64(call[0]), int64_type);
}

Any as_float64(const Call& call) {
  return Any::real(to_float64(call[0]));
}

// "Decimal" from octal, as file modes are written.
Any to_decimal(const Call& call) {
  return Any::integer(parse_int(sprint(call.arguments), 8).value_or(0), int64_type);
}

Any to_string(const Call& call) {
  return call.heap.string(text_of(call[0]));
}

constexpr auto anything = takes<interface_type>;

constexpr Function table[] = {
    {"atoi", takes<string_type>, false, &int_type, from_decimal_text},
    {"float64", anything, false, &float64_type, as_float64},
    {"int", anything, false, &int_type, as_int},
    {"int64", anything, false, &int64_type, as_int64},
    {"toDecimal", anything, false, &int64_type, to_decimal},
    {"toString", anything, false, &string_type, to_string},
};

}  // namespace

std::span<const Function> conversions_functions() {
  return table;
}

}  // namespace celldrift::sprig
