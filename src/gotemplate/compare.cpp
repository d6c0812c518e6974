// eq, ne, lt, le, gt, ge.
#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/builtin.hpp"

#include <string>

namespace celldrift::gotemplate {

namespace {

// Kinds that compare with each other.
enum class Basic { none, boolean, complex, integer, real, string, unsigned_integer };

Basic basic_of(const Any& value) {
  const Kind kind = value.kind();
  if (is_signed(kind)) {
    return Basic::integer;
  }
  if (is_unsigned(kind)) {
    return Basic::unsigned_integer;
  }
  if (is_float(kind)) {
    return Basic::real;
  }
  switch (kind) {
    case Kind::boolean:
      return Basic::boolean;
    case Kind::complex128:
      return Basic::complex;
    case Kind::string:
      return Basic::string;
    default:
      return Basic::none;
  }
}

[[noreturn]] void fail(std::string message) {
  throw Error(ErrorCode::config, std::move(message));
}

[[noreturn]] void fail_incompatible(const Any& a, const Any& b) {
  fail("incompatible types for comparison: " + std::string(a.type()->name) + " and " +
       std::string(b.type()->name));
}

bool is_nil(const Any& value) {
  switch (value.kind()) {
    case Kind::invalid:
      return true;
    case Kind::map:
      return value.map_node() == nullptr;
    case Kind::slice:
      return value.slice_node() == nullptr;
    case Kind::function:
    case Kind::pointer:
      return value.object() == nullptr;
    default:
      return false;
  }
}

std::string formatted(std::string_view format, const Any& value) {
  return sprintf(format, {&value, 1});
}

// Neither is of a basic kind.
bool equal_others(const Any& a, const Any& b) {
  if (a.kind() != b.kind() && !a.is_nil() && !b.is_nil()) {
    fail("non-comparable types " + formatted("%s", a) + ": " + std::string(a.type()->name) + ", " +
         std::string(b.type()->name) + ": " + formatted("%v", b));
  }
  if (is_nil(a) || is_nil(b)) {
    return is_nil(a) == is_nil(b);
  }
  if (b.kind() == Kind::map || b.kind() == Kind::slice || b.kind() == Kind::function) {
    fail("non-comparable type " + formatted("%s", b) + ": " + std::string(b.type()->name));
  }
  return a.kind() == Kind::pointer ? a.type() == b.type() && a.object() == b.object()
                                   : deep_equal(a, b);
}

bool equal_basic(Basic basic, const Any& a, const Any& b) {
  switch (basic) {
    case Basic::boolean:
      return a.as_bool() == b.as_bool();
    case Basic::complex:
      return a.as_complex() == b.as_complex();
    case Basic::integer:
      return a.as_int() == b.as_int();
    case Basic::real:
      return a.as_real() == b.as_real();
    case Basic::string:
      return a.as_string() == b.as_string();
    case Basic::unsigned_integer:
      return a.as_unsigned() == b.as_unsigned();
    default:
      return equal_others(a, b);
  }
}

bool equal(const Any& a, const Any& b) {
  const Basic basic_a = basic_of(a);
  const Basic basic_b = basic_of(b);
  if (basic_a == basic_b) {
    return equal_basic(basic_a, a, b);
  }
  if (basic_a == Basic::integer && basic_b == Basic::unsigned_integer) {
    return std::cmp_equal(a.as_int(), b.as_unsigned());
  }
  if (basic_a == Basic::unsigned_integer && basic_b == Basic::integer) {
    return std::cmp_equal(a.as_unsigned(), b.as_int());
  }
  if (!a.is_nil() && !b.is_nil()) {
    fail_incompatible(a, b);
  }
  return false;
}

bool less(const Any& a, const Any& b) {
  const Basic basic_a = basic_of(a);
  const Basic basic_b = basic_of(b);
  if (basic_a == Basic::none || basic_b == Basic::none) {
    fail("invalid type for comparison");
  }
  if (basic_a == Basic::integer && basic_b == Basic::unsigned_integer) {
    return std::cmp_less(a.as_int(), b.as_unsigned());
  }
  if (basic_a == Basic::unsigned_integer && basic_b == Basic::integer) {
    return std::cmp_less(a.as_unsigned(), b.as_int());
  }
  if (basic_a != basic_b) {
    fail_incompatible(a, b);
  }
  switch (basic_a) {
    case Basic::integer:
      return a.as_int() < b.as_int();
    case Basic::real:
      return a.as_real() < b.as_real();
    case Basic::string:
      return a.as_string() < b.as_string();
    case Basic::unsigned_integer:
      return a.as_unsigned() < b.as_unsigned();
    default:
      fail("invalid type for comparison");
  }
}

bool less_or_equal(const Any& a, const Any& b) {
  return less(a, b) || equal(a, b);
}

Operand truth(bool value) {
  return Operand::concrete(Any::boolean(value));
}

}  // namespace

// Whether the first equals any of the others.
Operand builtin_eq(Run&, std::span<const Operand> arguments) {
  if (arguments.size() < 2) {
    fail("missing argument for comparison");
  }
  for (const Operand& other : arguments.subspan(1)) {
    if (equal(arguments[0].value, other.value)) {
      return truth(true);
    }
  }
  return truth(false);
}

Operand builtin_ne(Run&, std::span<const Operand> arguments) {
  return truth(!equal(arguments[0].value, arguments[1].value));
}

Operand builtin_lt(Run&, std::span<const Operand> arguments) {
  return truth(less(arguments[0].value, arguments[1].value));
}

Operand builtin_le(Run&, std::span<const Operand> arguments) {
  return truth(less_or_equal(arguments[0].value, arguments[1].value));
}

// With NaN, that is not the same as less the other way round; it is how Go has it.
Operand builtin_gt(Run&, std::span<const Operand> arguments) {
  return truth(!less_or_equal(arguments[0].value, arguments[1].value));
}

Operand builtin_ge(Run&, std::span<const Operand> arguments) {
  return truth(!less(arguments[0].value, arguments[1].value));
}

}  // namespace celldrift::gotemplate
