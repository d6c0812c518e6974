// Defaults and choices, by what sprig takes for empty.
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/values.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

Any default_value(const Call& call) {
  const bool given = call.size() > 1 && !is_empty(call[1]);
  return given ? call[1] : call[0];
}

Any empty(const Call& call) {
  return Any::boolean(is_empty(call[0]));
}

Any coalesce(const Call& call) {
  const auto found = std::ranges::find_if_not(call.arguments, is_empty);
  return found == call.arguments.end() ? Any() : *found;
}

Any all(const Call& call) {
  return Any::boolean(std::ranges::none_of(call.arguments, is_empty));
}

Any any(const Call& call) {
  return Any::boolean(!std::ranges::all_of(call.arguments, is_empty));
}

Any ternary(const Call& call) {
  return call[2].as_bool() ? call[0] : call[1];
}

Any fail_with(const Call& call) {
  fail(std::string(text(call, 0)));
}

constexpr auto anything = takes<interface_type>;

constexpr Function table[] = {
    {"all", anything, true, &bool_type, all},
    {"any", anything, true, &bool_type, any},
    {"coalesce", anything, true, &interface_type, coalesce},
    {"default", takes<interface_type, interface_type>, true, &interface_type, default_value},
    {"empty", anything, false, &bool_type, empty},
    {"fail", takes<string_type>, false, &string_type, fail_with},
    {"ternary", takes<interface_type, interface_type, bool_type>, false, &interface_type, ternary},
};

}  // namespace

std::span<const Function> defaults_functions() {
  return table;
}

}  // namespace celldrift::sprig
