// Regular expressions in jq expressions, as gojq has them: Go's.
#pragma once

#include <jv.h>

namespace celldrift::compare {

// libjq's hook for `match` and `test` (see cmake/jq/celldrift_jq.h).
jv jq_match(jv text, jv pattern, jv flags, jv testing);

}  // namespace celldrift::compare
