// Kubernetes' strategic merge patch of an Application (apimachinery 0.35).
#pragma once

#include "fleet/shapes/shape.hpp"

namespace celldrift::fleet {

// `original` with `patch` merged into it: maps are merged, nulls delete, lists are replaced but for
// metadata.finalizers, which are united; the directives $patch, $retainKeys, $setElementOrder and
// $deleteFromPrimitiveList are followed. `shape` is that of the Go struct: free-form JSON in it
// (valuesObject) cannot be merged deeply. Throws Error(config) where Kubernetes refuses the patch.
Value strategic_merge(const Value& original, const Value& patch, const Shape& shape);

}  // namespace celldrift::fleet
