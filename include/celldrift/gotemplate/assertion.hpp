// Go's type assertion, value.(T).
#pragma once

#include "celldrift/gotemplate/any.hpp"

namespace celldrift::gotemplate {

// `value` itself. Throws Error(config) with the text of Go's panic when it is of another type:
// "interface conversion: interface {} is string, not int".
const Any& assert_type(const Any& value, const Type& type);

}  // namespace celldrift::gotemplate
