// What reflect knows of types: zero values, assignability, conversion of arguments.
#pragma once

#include "celldrift/gotemplate/any.hpp"

namespace celldrift::gotemplate {

// Whether an untyped nil can be of that type.
bool can_be_nil(const Type& type);

// The type's zero value; an untyped nil for `interface {}`.
Any zero_of(const Type& type);

// Whether a value of the first type (no interface) can be given where the other is wanted.
bool is_assignable(const Type& from, const Type& to);

// What a pointer to something points to; anything else, and a nil pointer, as it is.
Any pointee_of(const Any& value);

// The value as one of that type, where a function asks for it at run time (`call`, map keys).
// Integers are converted. Throws Error(config) with Go's message.
Any prepared(const Any& value, const Type& type);

}  // namespace celldrift::gotemplate
