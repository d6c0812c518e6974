// Reading fields of an ApplicationSet's spec.
#pragma once

#include "celldrift/core/value.hpp"
#include "fleet/shapes/shape.hpp"

#include <string>
#include <string_view>

namespace celldrift::fleet {

// The value under a key; nullptr when it is missing or null.
inline const Value* stated(const Value& map, std::string_view key) {
  const Value* value = map.find(key);
  return value != nullptr && !value->is_null() ? value : nullptr;
}

// False when it is not stated. Throws Error(config) naming `path` for anything but a boolean.
inline bool flag(const Value& map, std::string_view key, const std::string& path) {
  const Value* value = stated(map, key);
  return value != nullptr &&
         checked(*value, boolean_shape, path + "." + std::string(key)).as_bool();
}

}  // namespace celldrift::fleet
