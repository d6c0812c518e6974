// The functions that text/template itself has. They see Operands, where others see Anys.
#pragma once

#include "gotemplate/operand.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace celldrift::gotemplate {

class Run;

// How the arguments of a builtin are checked.
enum class Takes : std::uint8_t {
  operands,  // anything, as it is (reflect.Value)
  anything,  // anything, by value (interface {})
  format,    // a string, then anything
};

struct Builtin {
  std::string_view name;
  Takes takes = Takes::operands;
  std::size_t least = 1;  // arguments
  bool variadic = false;  // or more
  enum class Special : std::uint8_t { no, and_, or_, call } special = Special::no;
  // Throws Error(config) with the message of Go's function.
  Operand (*call)(Run& run, std::span<const Operand> arguments) = nullptr;
};

const Builtin* find_builtin(std::string_view name);  // nullptr when there is none

// Comparisons (compare.cpp).
Operand builtin_eq(Run& run, std::span<const Operand> arguments);
Operand builtin_ne(Run& run, std::span<const Operand> arguments);
Operand builtin_lt(Run& run, std::span<const Operand> arguments);
Operand builtin_le(Run& run, std::span<const Operand> arguments);
Operand builtin_gt(Run& run, std::span<const Operand> arguments);
Operand builtin_ge(Run& run, std::span<const Operand> arguments);

// Indexing (index.cpp).
Operand builtin_index(Run& run, std::span<const Operand> arguments);
Operand builtin_slice(Run& run, std::span<const Operand> arguments);
Operand builtin_len(Run& run, std::span<const Operand> arguments);

// Escaping (escape.cpp).
Operand builtin_html(Run& run, std::span<const Operand> arguments);
Operand builtin_js(Run& run, std::span<const Operand> arguments);
Operand builtin_urlquery(Run& run, std::span<const Operand> arguments);

}  // namespace celldrift::gotemplate
