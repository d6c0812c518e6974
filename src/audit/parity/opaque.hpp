// Values that are another in each cell by their nature.
#pragma once

#include "celldrift/core/value.hpp"

#include <string_view>

namespace celldrift::audit {

// What a text is that somebody drew, signed, hashed or dated: "certificate", "hash", "id", "time",
// "data". Two of one form say nothing about each other. "" for any other value.
std::string_view opaque_form(const Value& value);

}  // namespace celldrift::audit
