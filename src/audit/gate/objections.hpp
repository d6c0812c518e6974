// Collecting what speaks against a deploy.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <set>
#include <vector>

namespace celldrift::audit {

// An objection about an Application in one cell.
Objection objection_to(GateReason reason, const GateApplication& application, std::string message);
// The same about one of its objects.
Objection objection_to(GateReason reason,
                       const GateApplication& application,
                       const ObjectRef& object,
                       std::string message);

// Equal ones of several cells as one, those that the policy ignores left out, in the order that
// they are told in: what blocks first, then by reason, component, object.
std::vector<Objection> settle(std::vector<Objection> objections, const GatePolicy& policy);

}  // namespace celldrift::audit
