// The Namespace that Argo CD itself makes for an Application.
#pragma once

#include "celldrift/compare/match.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/fleet/application.hpp"

#include <optional>
#include <utility>

namespace celldrift::cli {

// The destination's Namespace with the labels and annotations of managedNamespaceMetadata, which
// Argo CD 3.5 applies where syncOptions has CreateNamespace=true; nothing where it applies none.
// Without such metadata it only sees to it that the Namespace is there.
std::optional<std::pair<ObjectKey, Value>> managed_namespace(const fleet::Application& application);

// Argo CD applies it server-side, so that what others put into it is theirs: such differences of
// its comparison are none. What it once had of the metadata and still has counts.
void leave_to_others(compare::ObjectResult& name_space);

}  // namespace celldrift::cli
