// What is left of a value after sigs.k8s.io/yaml wrote it as JSON and let go-yaml read that JSON as
// YAML: the first half of its Marshal. Nearly always the value itself.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift::yaml {

// Bytes that are no UTF-8 become U+FFFD; U+0085, which YAML 1.1 takes for a line end, folds.
// Throws Error(config) with the library's message for what does not come through: NaN and
// infinities, DEL and other control characters that JSON leaves as they are, keys of more than 1024
// characters.
Value through_json(const Value& value);

}  // namespace celldrift::yaml
