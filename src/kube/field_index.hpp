// The fields of a structure by the hash of their names.
#pragma once

#include "celldrift/kube/schema.hpp"

#include <vector>

namespace celldrift::kube {

// For Type::by_hash. Points into `fields`.
std::vector<FieldSlot> index_by_hash(std::span<const Field> fields);

}  // namespace celldrift::kube
