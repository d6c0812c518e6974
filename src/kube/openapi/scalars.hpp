// What a scalar's schema means.
#pragma once

#include "celldrift/core/value.hpp"

#include <string_view>

namespace celldrift::kube {

// The word of schema_text.hpp for a schema of a scalar; "" when it is not one.
std::string_view scalar_word(const Value& schema);

// The same for a component of Kubernetes' own that stands for a scalar; "" for others.
std::string_view scalar_component(std::string_view name);

}  // namespace celldrift::kube
