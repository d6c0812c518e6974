// argocd-cm: where the run takes it from.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "cli/cells.hpp"

#include <vector>

namespace celldrift::cli {

// Of the file that --argocd-cm names, else of the hub where one is named, else Argo CD's defaults:
// a ConfigMap in the manifests repo may be another Argo CD's. What is wrong with it, and a hub that
// does not give it, are problems that leave the run incomplete. Error(config) for a file that has
// none.
compare::ArgoSettings read_argo_settings(const Setup& setup, std::vector<Problem>& problems);

}  // namespace celldrift::cli
