// The shapes of Argo CD 3.5's generators: all that an entry of spec.generators may say.
#pragma once

#include "fleet/shapes/shape.hpp"

namespace celldrift::fleet {

extern const Shape list_shape;
extern const Shape clusters_shape;
extern const Shape git_shape;
extern const Shape scm_provider_shape;
extern const Shape decisions_shape;
extern const Shape pull_request_shape;
extern const Shape plugin_shape;
extern const Shape matrix_shape;  // of an entry in spec.generators
extern const Shape merge_shape;

// An entry of spec.generators, and one in a matrix or merge. There a matrix or merge may hold
// entries once more; those have neither, whatever is written.
extern const Shape top_entry_shape;
extern const Shape nested_entry_shape;

// The `values` of a generator: a map of strings, which a parent's parameters are written into as
// far as they go.
extern const Shape generator_values_shape;

}  // namespace celldrift::fleet
