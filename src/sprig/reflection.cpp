// What templates may ask about types: names as Go's %T and reflect.Kind print them.
#include "sprig/families.hpp"
#include "sprig/values.hpp"

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

std::string_view type_name(const Any& value) {
  return value.is_nil() ? "<nil>" : value.type()->name;
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
  return Any::string(describe(call[0].kind()));
}

Any kind_is(const Call& call) {
  return Any::boolean(call[0].as_string() == describe(call[1].kind()));
}

Any equal_deeply(const Call& call) {
  return Any::boolean(deep_equal(call[0], call[1]));
}

constexpr Function table[] = {
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
  return table;
}

}  // namespace celldrift::sprig
