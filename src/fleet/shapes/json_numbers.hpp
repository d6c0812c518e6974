// Numbers that go through Go's encoding/json and come back.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift::fleet {

// The number that is read back when Go writes it as a float64: 9007199254740993 becomes
// 9007199254740992, 1.0 becomes 1. Keeps the mark.
Value through_float64(const Value& number);

// A tree whose whole reals have become integers, as they do when they are written as JSON.
Value with_whole_numbers(const Value& tree);

}  // namespace celldrift::fleet
