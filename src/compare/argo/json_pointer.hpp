// JSON pointers of ignoreDifferences.
#pragma once

#include "celldrift/core/value.hpp"

#include <string_view>

namespace celldrift::compare {

// The value without what the pointer names, as Argo CD's `remove` patches do: what is before the
// first "/" counts for nothing, indexes may be negative ("-1" is the last). What is not there, or
// the whole value, leaves it as it is (the very same node).
Value without_pointer(const Value& value, std::string_view pointer);

}  // namespace celldrift::compare
