// Go's empty values.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift {

// True for what Go's `omitempty` leaves out: null, false, 0, "", and lists and maps without
// entries.
bool is_zero(const Value& value);

}  // namespace celldrift
