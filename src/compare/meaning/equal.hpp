// When two scalars mean the same.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/schema.hpp"

namespace celldrift::compare {

// What the API server keeps of a stated scalar: of built-in kinds what it means, written anew
// ("1000m" becomes "1"); of custom resources the very text.
enum class Kept { as_meant, as_stated };

// True when `have`, as the API server gives it, is what `want` means for a field of that type.
bool same_scalar(const Value& want, const Value& have, const kube::Type& type, Kept kept);

}  // namespace celldrift::compare
