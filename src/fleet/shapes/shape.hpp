// Shapes: what the custom resource definitions of Argo CD say about an object's fields.
//
// The API server drops fields that a definition does not know and refuses values of a wrong type;
// Argo CD then decodes the rest into Go structs, merges templates field by field and encodes the
// structs again, leaving out what is empty. A Shape knows enough of a Go struct to do all of that
// to a Value.
#pragma once

#include "celldrift/core/value.hpp"

#include <span>
#include <string>
#include <string_view>

namespace celldrift::fleet {

struct Field;

struct Shape {
  enum class Kind { string, boolean, integer, int_or_string, raw, structure, map, list };
  Kind kind = Kind::raw;
  std::span<const Field> fields{};  // of a structure
  const Shape* item = nullptr;      // of a map or a list
};

// When Go's encoder writes a field.
enum class Written {
  unless_zero,  // `omitempty`
  if_given,     // a pointer with `omitempty`: a stated false or {} is kept
  always,       // no `omitempty`: "" or {} is written where nothing was stated
};

struct Field {
  std::string_view name;
  const Shape* shape;
  Written written = Written::unless_zero;
};

extern const Shape string_shape;
extern const Shape boolean_shape;
extern const Shape integer_shape;
extern const Shape raw_shape;
extern const Shape string_list_shape;
extern const Shape string_map_shape;

// The value as the API server would store it: unknown fields and nulls dropped. Throws
// Error(config) naming `path` and the place of the first value that has a wrong type.
Value checked(const Value& value, const Shape& shape, const std::string& path);

// `value` with every empty field filled from `base`. As mergo does it for Argo CD 3.5: "", 0 and
// false count as empty even where they were stated, maps are united, lists are taken whole. Both
// are checked().
Value filled(const Value& value, const Value& base, const Shape& shape);

// As Go's JSON encoder writes the struct.
Value encoded(const Value& value, const Shape& shape);

}  // namespace celldrift::fleet
