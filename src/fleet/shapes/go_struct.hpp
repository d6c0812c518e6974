// A Go struct that JSON is decoded into more than once, as encoding/json does it: into what is
// there already.
#pragma once

#include "fleet/shapes/shape.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

// One value of a Go program, of a type that a Shape tells.
class GoStruct {
 public:
  explicit GoStruct(const Shape& shape) : shape_(&shape) {}

  // json.Unmarshal(value, this). Throws Error(parse) naming `path` at the first value of a wrong
  // type.
  void decode(const Value& value, const std::string& path);
  // What is set, for encoded() to write.
  Value value() const;

 private:
  enum class Pointer { no, yes };

  void decode_null(Pointer pointer);
  void decode_fields(const Value& value, const std::string& path);
  void decode_entries(const Value& value, const std::string& path);
  void decode_items(const Value& value, const std::string& path);
  void decode_scalar(const Value& value, const std::string& path);
  const Field* field_of(std::string_view key) const;
  void decode_field(const Field& field, const Value& value, const std::string& path);

  const Shape* shape_;
  Mark mark_;
  Value scalar_;        // also of a raw value; null: never set
  Value number_;        // of an int-or-string: the last number, which a null brings back
  Value::Map entries_;  // of a map
  std::map<std::string_view, GoStruct> fields_;  // of a structure: those that are not nil or unset
  std::vector<GoStruct> items_;  // of a list, with what lies behind its end in memory
  std::size_t size_ = 0;         // of a list
};

}  // namespace celldrift::fleet
