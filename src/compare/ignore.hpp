// An Application's ignoreDifferences. (Argo CD 3.5)
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "celldrift/compare/compare.hpp"

namespace celldrift::compare {

// True when the rule is about objects with that key.
bool is_about(const IgnoreRule& rule, const ObjectKey& key);

// True when the rule hides the difference: its path is at or below one of the pointers, or its
// owner is listed.
bool hides(const IgnoreRule& rule, const Difference& difference);

}  // namespace celldrift::compare
