// From a resource's plural name to the kinds that it can stand for.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift::fleet {

// "PlacementDecision" -> "placementdecisions", "NetworkPolicy" -> "networkpolicies", as Kubernetes'
// own tools guess it. (apimachinery, UnsafeGuessKindToResource)
std::string guessed_plural(std::string_view kind);

// The kind that a CustomResourceDefinition gives to a resource of a group; "" when it is not the
// definition of that resource.
std::string defined_kind(const Value& document, std::string_view group, std::string_view resource);

}  // namespace celldrift::fleet
