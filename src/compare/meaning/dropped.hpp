// Stated zeros of built-in kinds that the API server drops: a sibling gives them no meaning, or a
// feature gate is off, as it is by default.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <string_view>

namespace celldrift::compare {

// True when `field` of the live structure `parent` is absent whatever is stated.
bool is_dropped(const kube::Place& parent, std::string_view field);

}  // namespace celldrift::compare
