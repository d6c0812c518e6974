// What is wrong with single objects: drift, missing, extra.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <vector>

namespace celldrift::audit {

// A finding for each difference, missing and extra object of one Application.
std::vector<Finding> object_findings(const ComparedApplication& application);

// Says which field it is that differs, what it is and should be, and who wrote it. The line is that
// of the field, where it has one.
void add_difference(Finding& finding, const compare::Difference& difference);

}  // namespace celldrift::audit
