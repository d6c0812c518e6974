// Values as libjq has them, and back.
#pragma once

#include "celldrift/core/value.hpp"

#include <jv.h>

namespace celldrift::compare {

// Maps in the order of their keys, which is gojq's.
jv to_jv(const Value& value);

// Takes `value`. What is also in `like`, the value that it was made from, is taken from there, with
// its marks, its numbers past a double's precision and the order of its keys. Throws JqStopped for
// what is nested too deep to be an object's.
Value from_jv(jv value, const Value& like);

}  // namespace celldrift::compare
