// argocd-cm: where the run takes it from.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/fleet/global_projects.hpp"
#include "cli/cells.hpp"

#include <optional>
#include <vector>

namespace celldrift::cli {

// Of the file that --argocd-cm names, else of the hub where one is named, else Argo CD's defaults:
// a ConfigMap in the manifests repo may be another Argo CD's. A hub that does not give it is a
// problem that leaves the run incomplete. Error(config) for a file that has none.
std::optional<Value> read_argocd_cm(const Setup& setup, std::vector<Problem>& problems);

// What is wrong with it is a problem that leaves the run incomplete, too.
compare::ArgoSettings argo_settings(const std::optional<Value>& argocd_cm,
                                    std::vector<Problem>& problems);

// What is wrong with it leaves Argo CD without them, and nothing unknown.
fleet::GlobalProjects global_projects(const std::optional<Value>& argocd_cm,
                                      std::vector<Problem>& problems);
// For commands that need nothing else of it.
fleet::GlobalProjects read_global_projects(const Setup& setup, std::vector<Problem>& problems);

}  // namespace celldrift::cli
