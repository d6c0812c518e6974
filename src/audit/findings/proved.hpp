// Findings, with the commits that their cells are proved to run.
#pragma once

#include "celldrift/audit/audit.hpp"

namespace celldrift::audit {

// To what is about one Application goes what it runs in that cell; to what compares cells, what the
// component runs in each of them.
void attach_proved(const std::vector<Proved>& proved,
                   const std::vector<ComparedApplication>& applications,
                   std::vector<Finding>& findings);

}  // namespace celldrift::audit
