// Objects that are not as Git wants them, side by side.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <vector>

namespace celldrift::audit {

// The drifted, missing and extra objects that the findings (with their fingerprints) are about, in
// the order of their first findings.
std::vector<ChangedObject> changed_objects(const std::vector<ComparedApplication>& applications,
                                           const std::vector<Finding>& findings);

}  // namespace celldrift::audit
