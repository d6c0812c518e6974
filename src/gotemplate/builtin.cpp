#include "gotemplate/builtin.hpp"

#include "celldrift/gotemplate/format.hpp"
#include "gotemplate/run.hpp"

#include <algorithm>
#include <vector>

namespace celldrift::gotemplate {

namespace {

Operand builtin_not(Run&, std::span<const Operand> arguments) {
  return Operand::concrete(Any::boolean(!is_true(arguments[0].value)));
}

std::vector<Any> values_of(std::span<const Operand> operands) {
  std::vector<Any> values;
  values.reserve(operands.size());
  for (const Operand& operand : operands) {
    values.push_back(operand.value);
  }
  return values;
}

Operand builtin_print(Run& run, std::span<const Operand> arguments) {
  return Operand::concrete(run.heap().string(sprint(values_of(arguments))));
}

Operand builtin_println(Run& run, std::span<const Operand> arguments) {
  return Operand::concrete(run.heap().string(sprintln(values_of(arguments))));
}

Operand builtin_printf(Run& run, std::span<const Operand> arguments) {
  return Operand::concrete(
      run.heap().string(sprintf(arguments[0].value.as_string(), values_of(arguments.subspan(1)))));
}

using enum Takes;
using Special = Builtin::Special;

// In the order of their names.
constexpr Builtin builtins[] = {
    {"and", operands, 1, true, Special::and_},
    {"call", operands, 1, true, Special::call},
    {"eq", operands, 1, true, Special::no, builtin_eq},
    {"ge", operands, 2, false, Special::no, builtin_ge},
    {"gt", operands, 2, false, Special::no, builtin_gt},
    {"html", anything, 0, true, Special::no, builtin_html},
    {"index", operands, 1, true, Special::no, builtin_index},
    {"js", anything, 0, true, Special::no, builtin_js},
    {"le", operands, 2, false, Special::no, builtin_le},
    {"len", operands, 1, false, Special::no, builtin_len},
    {"lt", operands, 2, false, Special::no, builtin_lt},
    {"ne", operands, 2, false, Special::no, builtin_ne},
    {"not", operands, 1, false, Special::no, builtin_not},
    {"or", operands, 1, true, Special::or_},
    {"print", anything, 0, true, Special::no, builtin_print},
    {"printf", format, 1, true, Special::no, builtin_printf},
    {"println", anything, 0, true, Special::no, builtin_println},
    {"slice", operands, 1, true, Special::no, builtin_slice},
    {"urlquery", anything, 0, true, Special::no, builtin_urlquery},
};

}  // namespace

const Builtin* find_builtin(std::string_view name) {
  const auto* found = std::ranges::find(builtins, name, &Builtin::name);
  return found == std::end(builtins) ? nullptr : found;
}

}  // namespace celldrift::gotemplate
