// Types of fields that Argo CD's settings tell and schemas do not.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/kube/schema.hpp"

#include <vector>

namespace celldrift::cli {

// knownTypeFields of argocd-cm. Those of a type that nobody knows are left out, as Argo CD does.
std::vector<kube::KnownType> known_types_of(const compare::ArgoSettings& settings);

}  // namespace celldrift::cli
