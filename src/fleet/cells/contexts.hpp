// Access to cells by kubeconfig contexts.
#pragma once

#include "celldrift/fleet/cell.hpp"

#include <string>

namespace celldrift::fleet {

// The connection of a context; Unreachable with the reason where its entries are broken: one bad
// context must not hide the other cells.
Access access_by_context(const kube::Kubeconfig& kubeconfig, const std::string& context);

// Error(config) that lists the contexts there are.
Error no_such_context(const kube::Kubeconfig& kubeconfig, const std::string& wanted);

}  // namespace celldrift::fleet
