#include "celldrift/gotemplate/format.hpp"

#include "gotemplate/printer.hpp"

namespace celldrift::gotemplate {

std::string sprintf(std::string_view format, std::span<const Any> arguments) {
  Printer printer;
  print_formatted(printer, format, arguments);
  return std::move(printer.text);
}

std::string sprint(std::span<const Any> arguments) {
  Printer printer;
  bool after_string = true;
  for (const Any& argument : arguments) {
    const bool is_string = argument.kind() == Kind::string;
    printer.write(!is_string && !after_string ? " " : "");
    printer.print(argument, 'v');
    after_string = is_string;
  }
  return std::move(printer.text);
}

std::string sprintln(std::span<const Any> arguments) {
  Printer printer;
  bool first = true;
  for (const Any& argument : arguments) {
    printer.write(std::exchange(first, false) ? "" : " ");
    printer.print(argument, 'v');
  }
  printer.write("\n");
  return std::move(printer.text);
}

std::string format_value(const Any& value) {
  if (value.is(string_type)) {  // by far the most frequent
    return std::string(value.as_string());
  }
  Printer printer;
  // A copy: the value may be one of a map that is looked through for it, and moves its entries.
  printer.print(Any(value), 'v');
  return std::move(printer.text);
}

}  // namespace celldrift::gotemplate
