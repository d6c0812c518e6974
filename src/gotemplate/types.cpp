#include "gotemplate/types.hpp"

#include "celldrift/core/error.hpp"

#include <string>

namespace celldrift::gotemplate {

bool can_be_nil(const Type& type) {
  switch (type.kind) {
    case Kind::function:
    case Kind::interface:
    case Kind::map:
    case Kind::pointer:
    case Kind::slice:
      return true;
    default:
      return false;
  }
}

Any zero_of(const Type& type) {
  if (is_signed(type.kind)) {
    return Any::integer(0, type);
  }
  if (is_unsigned(type.kind)) {
    return Any::unsigned_integer(0, type);
  }
  static constexpr std::complex<double> no_complex;
  switch (type.kind) {
    case Kind::invalid:
    case Kind::interface:
      return {};
    case Kind::boolean:
      return Any::boolean(false);
    case Kind::float32:
    case Kind::float64:
      return Any::real(0, type);
    case Kind::complex128:
      return Any::complex(&no_complex);
    case Kind::string:
      return Any::string("", type);
    case Kind::slice:
      return Any::slice(type, nullptr);
    case Kind::map:
      return Any::map(type, nullptr);
    default:
      return Any::object(type, nullptr);
  }
}

namespace {

// Written out, like "[]string", rather than by a name of its own.
bool is_literal(const Type& type) {
  return type.name.starts_with('[') || type.name.starts_with("map[");
}

}  // namespace

bool is_assignable(const Type& from, const Type& to) {
  if (&from == &to || to.kind == Kind::interface) {
    return true;
  }
  const bool container = from.kind == Kind::map || from.kind == Kind::slice;
  return container && from.kind == to.kind && from.item == to.item &&
         (is_literal(from) || is_literal(to));
}

Any pointee_of(const Any& value) {
  const Type* type = value.type();
  const bool points =
      value.kind() == Kind::pointer && type->item != nullptr && value.object() != nullptr;
  return points ? Any::object(*type->item, value.object()) : value;
}

namespace {

Any converted_integer(const Any& value, const Type& type) {
  const std::uint64_t bits =
      is_signed(value.kind()) ? std::uint64_t(value.as_int()) : value.as_unsigned();
  return is_signed(type.kind) ? Any::integer(std::int64_t(bits), type)
                              : Any::unsigned_integer(bits, type);
}

}  // namespace

Any prepared(const Any& value, const Type& type) {
  if (value.is_nil()) {
    if (can_be_nil(type)) {
      return zero_of(type);
    }
    throw Error(ErrorCode::config, "value is nil; should be of type " + std::string(type.name));
  }
  if (is_assignable(*value.type(), type)) {
    return value;
  }
  if (is_integer(value.kind()) && is_integer(type.kind)) {
    return converted_integer(value, type);
  }
  throw Error(ErrorCode::config,
              "value has type " + std::string(value.type()->name) + "; should be " +
                  std::string(type.name));
}

}  // namespace celldrift::gotemplate
