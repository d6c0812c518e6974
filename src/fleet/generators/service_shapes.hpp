// The shapes of generators that ask a source-code host.
#pragma once

#include "fleet/shapes/shape.hpp"

namespace celldrift::fleet {

extern const Shape scm_provider_shape;
extern const Shape pull_request_shape;

}  // namespace celldrift::fleet
