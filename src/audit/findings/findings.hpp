// What is wrong with single objects: drift, missing, extra.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <vector>

namespace celldrift::audit {

// A finding for each difference, missing and extra object of one Application.
std::vector<Finding> object_findings(const ComparedApplication& application);

}  // namespace celldrift::audit
