// Merge patches (RFC 7386), as evanphx/json-patch 5.9 applies them.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift::fleet {

// Both must be maps. Nulls take keys away; those in lists, or below a key that is not there yet, as
// the library leaves them.
Value merge_patched(const Value& document, const Value& patch);

}  // namespace celldrift::fleet
