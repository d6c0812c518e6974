// What live objects that Git does not have are told as.
#pragma once

#include "celldrift/compare/match.hpp"

namespace celldrift::compare {

// True for an object that its own metadata says to be a part of another one.
bool has_owner(const Value& live);

// Of status `extra`, with who made it.
ObjectResult extra_result(const ObjectKey& key, const Value& live, const Managers& managers);

}  // namespace celldrift::compare
