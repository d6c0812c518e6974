// What templates may ask about types: names as Go's %T and reflect.Kind print them.
#include "sprig/families.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

// Go's names of kinds, in the order of Kind.
constexpr std::string_view kind_names[] = {
    "invalid",   "bool",   "int",    "int8",   "int16",   "int32",   "int64",      "uint",
    "uint8",     "uint16", "uint32", "uint64", "float32", "float64", "complex128", "func",
    "interface", "map",    "ptr",    "slice",  "string",  "struct"};

std::string_view type_name(const Any& value) {
  return value.is_nil() ? "<nil>" : value.type()->name;
}

std::string_view kind_name(const Any& value) {
  return kind_names[std::size_t(value.kind())];
}

Any hello(const Call&) {
  return Any::string("Hello!");
}

Any type_of(const Call& call) {
  return Any::string(type_name(call[0]));
}

Any type_is(const Call& call) {
  return Any::boolean(call[0].as_string() == type_name(call[1]));
}

Any type_is_like(const Call& call) {
  const std::string_view target = call[0].as_string();
  std::string_view name = type_name(call[1]);
  if (target == name) {
    return Any::boolean(true);
  }
  const bool pointer = name.starts_with('*');
  return Any::boolean(pointer && name.substr(1) == target);
}

Any kind_of(const Call& call) {
  return Any::string(kind_name(call[0]));
}

Any kind_is(const Call& call) {
  return Any::boolean(call[0].as_string() == kind_name(call[1]));
}

Any equal_deeply(const Call& call) {
  return Any::boolean(deep_equal(call[0], call[1]));
}

constexpr Function functions_of_reflection[] = {
    {"deepEqual", takes<interface_type, interface_type>, false, &bool_type, equal_deeply},
    {"hello", {}, false, &string_type, hello},
    {"kindIs", takes<string_type, interface_type>, false, &bool_type, kind_is},
    {"kindOf", takes<interface_type>, false, &string_type, kind_of},
    {"typeIs", takes<string_type, interface_type>, false, &bool_type, type_is},
    {"typeIsLike", takes<string_type, interface_type>, false, &bool_type, type_is_like},
    {"typeOf", takes<interface_type>, false, &string_type, type_of},
};

}  // namespace

std::span<const Function> reflection_functions() {
  return functions_of_reflection;
}

}  // namespace celldrift::sprig
