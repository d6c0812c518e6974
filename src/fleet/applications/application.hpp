// From an Application object to an Application.
#pragma once

#include "celldrift/fleet/application.hpp"

namespace celldrift::fleet {

// As Argo CD stores it before it uses it: no project is "default", an empty syncPolicy and tool
// blocks that say nothing are dropped, a missing namespace is "argocd". (Argo CD 3.5,
// NormalizeApplicationSpec)
Value normalized_application(const Value& object);

// Reads a normalized_application(); cell, component and origin are left for the caller. Throws
// Error(config) with Argo CD's condition for sources that it would not render.
Application read_application(const Value& object);

// The object with what its custom resource definition does not know dropped. Throws Error(config)
// for a field of a wrong type.
Value checked_application(const Value& object);

}  // namespace celldrift::fleet
