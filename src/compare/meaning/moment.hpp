// RFC 3339 times with their fractions, as Kubernetes' Time and MicroTime keep them.
#pragma once

#include "compare/meaning/equal.hpp"

#include <string_view>

namespace celldrift::compare {

// True when both are times of the same moment. Of a built-in kind the API server cuts fractions off
// (Time) or to six digits (MicroTime).
bool same_moment(std::string_view stated, std::string_view stored, Kept kept);

}  // namespace celldrift::compare
