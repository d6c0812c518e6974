// The defaults that are more than a value in a table. rules/defaults.yaml names them.
#pragma once

#include "celldrift/kube/defaults.hpp"

#include <string_view>

namespace celldrift::kube {

// What the server puts into `parent` as `field`.
using ComputedDefault = Default (*)(const Place& parent, std::string_view field);

// The rule of that name; nullptr when there is none.
ComputedDefault find_computed_default(std::string_view name);

}  // namespace celldrift::kube
