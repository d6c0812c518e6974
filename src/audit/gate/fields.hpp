// What a deploy does to the fields of an object that is live.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <vector>

namespace celldrift::audit {

// `next`: against the deploy; `now`: against what Git wants now, null where it does not want the
// object. One effect for each difference of `next`.
std::vector<FieldEffect> field_effects(const compare::ObjectResult& next,
                                       const compare::ObjectResult* now);

}  // namespace celldrift::audit
