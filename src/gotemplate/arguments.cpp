// Checking and conversion of arguments.
#include "celldrift/core/error.hpp"
#include "gotemplate/run.hpp"
#include "gotemplate/types.hpp"

namespace celldrift::gotemplate {

namespace {

template <typename T>
const T& as(const Node& node) {
  return static_cast<const T&>(node);
}

bool is_literal(NodeKind kind) {
  return kind == NodeKind::boolean || kind == NodeKind::number || kind == NodeKind::string;
}

}  // namespace

Any Run::argument(const Operand& dot, const Type& type, const Node& node) {
  at(node);
  if (node.kind == NodeKind::nil) {
    if (!can_be_nil(type)) {
      fail("cannot assign nil to %s", {type.name});
    }
    return zero_of(type);
  }
  if (is_literal(node.kind)) {
    return constant_argument(type, node);
  }
  return valid(word(dot, node), type);
}

// An argument that is to be seen as it is.
Operand Run::operand_argument(const Operand& dot, const Node& node) {
  at(node);
  if (node.kind == NodeKind::nil) {
    return Operand::none();
  }
  return is_literal(node.kind) ? constant(node) : word(dot, node);
}

// A constant takes the type that is wanted, if it can.
Any Run::constant_argument(const Type& type, const Node& node) {
  const bool is_number = node.kind == NodeKind::number;
  const Number no_number;
  const Number& number = is_number ? as<NumberNode>(node).number : no_number;
  const auto expected = [&](bool fits, std::string_view what) {
    if (!fits) {
      fail("expected %s; found %s", {what, describe(node)});
    }
  };
  if (is_signed(type.kind)) {
    expected(number.is_int, "integer");
    return Any::integer(number.as_int, type);
  }
  if (is_unsigned(type.kind)) {
    expected(number.is_unsigned, "unsigned integer");
    return Any::unsigned_integer(number.as_unsigned, type);
  }
  switch (type.kind) {
    case Kind::boolean:
      expected(node.kind == NodeKind::boolean, "bool");
      return Any::boolean(as<BooleanNode>(node).value);
    case Kind::float32:
    case Kind::float64:
      expected(number.is_real, "float");
      return Any::real(number.as_real, type);
    case Kind::complex128:
      expected(number.is_complex, "complex");
      return heap_.complex(number.as_complex);
    case Kind::string:
      expected(node.kind == NodeKind::string, "string");
      return Any::string(as<StringNode>(node).text, type);
    case Kind::interface:
      return constant(node).value;
    default:
      fail("can't handle %s for arg of type %s", {describe(node), type.name});
  }
}

Any Run::valid(const Operand& operand, const Type& type) const {
  const Any& value = operand.value;
  if (!operand.is_valid()) {
    if (!can_be_nil(type)) {
      fail("invalid value; expected %s", {type.name});
    }
    return value.is_volatile() ? zero_of(type).with_volatile() : zero_of(type);
  }
  if (type.kind == Kind::interface) {
    return value;
  }
  if (operand.is_nil_interface()) {
    fail("wrong type for value; expected %s; got %s", {type.name, interface_type.name});
  }
  const Type& given = *value.type();
  if (is_assignable(given, type)) {
    return value;
  }
  if (given.kind == Kind::pointer && given.item != nullptr && is_assignable(*given.item, type)) {
    if (value.object() == nullptr) {
      fail("dereference of nil pointer of type %s", {type.name});
    }
    return Any::object(*given.item, value.object());
  }
  fail("wrong type for value; expected %s; got %s", {type.name, given.name});
}

}  // namespace celldrift::gotemplate
