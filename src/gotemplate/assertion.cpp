#include "celldrift/gotemplate/assertion.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::gotemplate {

const Any& assert_type(const Any& value, const Type& type) {
  if (!value.is(type)) {
    const std::string found = value.is_nil() ? "nil" : std::string(value.type()->name);
    throw Error(
        ErrorCode::config,
        "interface conversion: interface {} is " + found + ", not " + std::string(type.name));
  }
  return value;
}

}  // namespace celldrift::gotemplate
