// When two scalars mean the same.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/schema.hpp"

namespace celldrift::compare {

// True when `have`, as the API server gives it, is what `want` means for a field of that type.
bool same_scalar(const Value& want, const Value& have, const kube::Type& type);

}  // namespace celldrift::compare
