// Operand: a value while it is evaluated: Go's reflect.Value. Unlike an Any it knows whether it is
// held by a variable of type `interface {}` (an item of a list or map has that static type, what is
// in it another), and it may be invalid: nothing, as a missing key gives.
#pragma once

#include "celldrift/gotemplate/any.hpp"

#include <string_view>

namespace celldrift::gotemplate {

struct Operand {
  enum class Form : std::uint8_t { invalid, concrete, interface };

  Any value;  // of an interface: what it holds, perhaps nil
  Form form = Form::invalid;

  static Operand none() { return {}; }
  static Operand concrete(const Any& value) {
    return {value, value.is_nil() ? Form::invalid : Form::concrete};
  }
  static Operand interface(const Any& value) { return {value, Form::interface}; }
  // A value that is stored where values of that type are.
  static Operand stored(const Any& value, const Type* slot) {
    return slot == nullptr || slot->kind == Kind::interface ? interface(value) : concrete(value);
  }

  bool is_valid() const { return form != Form::invalid; }
  bool is_interface() const { return form == Form::interface; }
  bool is_nil_interface() const { return is_interface() && value.is_nil(); }

  // reflect.Value.Type().String(); the operand must be valid.
  std::string_view type_name() const {
    return is_interface() ? interface_type.name : value.type()->name;
  }
  // What an interface holds; invalid when that is nil.
  Operand unwrapped() const { return concrete(value); }
};

}  // namespace celldrift::gotemplate
