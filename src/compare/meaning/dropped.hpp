// Stated fields of built-in kinds that the API server drops because a sibling gives them no
// meaning.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <string_view>

namespace celldrift::compare {

// True when `field` of the live structure `parent` is absent whatever is stated.
bool is_dropped(const kube::Place& parent, std::string_view field);

}  // namespace celldrift::compare
