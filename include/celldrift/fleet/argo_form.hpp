// Applications in the form in which Argo CD's controllers write and compare them.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift::fleet {

// An Application object with the fields of its spec that Argo CD 3.5 knows, less blocks that say
// nothing. Twice is once. Throws Error(config) where it has no spec, or one of wrong types.
Value as_argo_writes(const Value& application);

}  // namespace celldrift::fleet
