// How much room Go 1.26 leaves behind the items of a slice: templates see it where they slice past
// the length, which is an error only past the capacity.
#pragma once

#include "celldrift/gotemplate/type.hpp"

#include <cstddef>

namespace celldrift::gotemplate {

// What append makes of a slice of that capacity which is to hold `length` items: the allocator's
// size classes are in it (on 64 bits).
std::size_t grown_capacity(std::size_t capacity, std::size_t length, const Type& item);

// The capacity after `length` items were appended one by one to an empty slice, as encoding/json
// does with a list's.
std::size_t appended_capacity(std::size_t length, const Type& item);

}  // namespace celldrift::gotemplate
