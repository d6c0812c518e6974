#include "celldrift/core/zero.hpp"

namespace celldrift {

bool is_zero(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return true;
    case Value::Kind::boolean:
      return !value.as_bool();
    case Value::Kind::integer:
    case Value::Kind::real:
      return value.as_double() == 0;
    case Value::Kind::string:
      return value.as_string().empty();
    case Value::Kind::list:
    case Value::Kind::map:
      return value.size() == 0;
  }
  return false;
}

}  // namespace celldrift
