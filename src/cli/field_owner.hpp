// Who wrote a field of an object of a GitOps tool: what managedFields tell, by plain names. Lists
// are owned as a whole in their definitions.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <optional>

namespace celldrift::cli {

// The last who wrote the field, or the nearest list or structure around it that anybody owns as a
// whole. Nothing where there is no record.
std::optional<compare::Owner> field_owner(const Value& live,
                                          const Path& path,
                                          const compare::Managers& managers);

// Who wrote first to the object itself, as far as that can be told.
std::optional<compare::Owner> first_owner(const Value& live, const compare::Managers& managers);

}  // namespace celldrift::cli
