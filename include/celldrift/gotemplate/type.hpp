// Type: what Go's reflect knows of a run-time value. Templates see Go's types: in what %T and
// typeOf print, in error texts, and in which arguments a function takes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace celldrift {
class Value;
}

namespace celldrift::gotemplate {

class Any;
struct Function;

// As Go's reflect.Kind, in its order (what celldrift has no values of is left out).
enum class Kind : std::uint8_t {
  invalid,
  boolean,
  int_,
  int8,
  int16,
  int32,
  int64,
  uint,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  complex128,
  function,
  interface,
  map,
  pointer,
  slice,
  string,
  structure,
};

// "invalid", "bool", "int", …, "func", "interface", "map", "ptr", "slice", "string", "struct".
std::string_view describe(Kind kind);

constexpr bool is_signed(Kind kind) {
  return kind >= Kind::int_ && kind <= Kind::int64;
}
constexpr bool is_unsigned(Kind kind) {
  return kind >= Kind::uint && kind <= Kind::uint64;
}
constexpr bool is_integer(Kind kind) {
  return is_signed(kind) || is_unsigned(kind);
}
constexpr bool is_float(Kind kind) {
  return kind == Kind::float32 || kind == Kind::float64;
}
constexpr bool is_number(Kind kind) {
  return is_integer(kind) || is_float(kind) || kind == Kind::complex128;
}

// Types are compared by address: each is one object that lives for the whole program. `nullptr` is
// the type of an untyped nil.
struct Type {
  Kind kind = Kind::invalid;
  std::string_view name;       // as %T prints it: "map[string]interface {}", "time.Duration"
  const Type* item = nullptr;  // of a slice, a map (whose keys are strings) or a pointer
  // Exported fields of a struct and methods of any type, fields first. Both are functions of one
  // argument (the value) and, for methods, more.
  std::span<const Function> fields{};
  std::span<const Function> methods{};
  // Unexported fields of a struct: templates may not use them, but fmt prints them, after the
  // others.
  std::span<const Function> hidden{};
  // What fmt prints of it (Go's String() or Error()); nullptr when it has neither.
  std::string (*text)(const Any& value) = nullptr;
  // What encoding/json and YAML write of it; nullptr for types that are written by their kind.
  Value (*json)(const Any& value) = nullptr;
};

inline constexpr Type interface_type{Kind::interface, "interface {}"};
inline constexpr Type bool_type{Kind::boolean, "bool"};
inline constexpr Type int_type{Kind::int_, "int"};
inline constexpr Type int32_type{Kind::int32, "int32"};
inline constexpr Type int64_type{Kind::int64, "int64"};
inline constexpr Type uint_type{Kind::uint, "uint"};
inline constexpr Type uint8_type{Kind::uint8, "uint8"};
inline constexpr Type uint32_type{Kind::uint32, "uint32"};
inline constexpr Type uint64_type{Kind::uint64, "uint64"};
inline constexpr Type float64_type{Kind::float64, "float64"};
inline constexpr Type complex128_type{Kind::complex128, "complex128"};
inline constexpr Type string_type{Kind::string, "string"};
inline constexpr Type list_type{Kind::slice, "[]interface {}", &interface_type};
inline constexpr Type string_list_type{Kind::slice, "[]string", &string_type};
inline constexpr Type int_list_type{Kind::slice, "[]int", &int_type};
inline constexpr Type byte_list_type{Kind::slice, "[]uint8", &uint8_type};
inline constexpr Type list_of_lists_type{Kind::slice, "[][]interface {}", &list_type};
inline constexpr Type map_type{Kind::map, "map[string]interface {}", &interface_type};
inline constexpr Type string_map_type{Kind::map, "map[string]string", &string_type};
inline constexpr Type list_of_maps_type{Kind::slice, "[]map[string]interface {}", &map_type};

}  // namespace celldrift::gotemplate
