// The filters of an scmProvider generator: on repositories first, then on their branches.
#pragma once

#include "services/repositories.hpp"

#include <vector>

namespace celldrift::services {

// The provider's repositories with their branches that pass `filters`, in the provider's order; up
// to `at_once` are looked at at a time. Throws Error(config) for a filter that is no regular
// expression before anything is asked.
std::vector<Repository> filtered_repositories(ScmProvider& provider,
                                              const std::vector<Fields>& filters,
                                              std::size_t at_once);

}  // namespace celldrift::services
