// The type of a field's content.
#pragma once

#include "celldrift/kube/defaults.hpp"

namespace celldrift::compare {

// Of the field `name` of the structure or map at `place` (`field`: as its type has it, nullptr for
// none), where it has that value. Objects of all kinds have the same metadata; an object inside
// another is of its own kind.
const kube::Type& field_type(const kube::Place& place,
                             std::string_view name,
                             const kube::Field* field,
                             const Value& value,
                             const kube::Schema& schema);

}  // namespace celldrift::compare
