// Whose a live object is, by the marks that Argo CD leaves on it. (Argo CD 3.5:
// util/argo/resource_tracking)
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/object.hpp"

#include <optional>
#include <string_view>

namespace celldrift::compare {

// How a live object that an Application wants is marked as another's: a difference on its tracking
// annotation or label that a sync would mend. Nothing where there is no mark, or where it names
// this one. `application` is what Argo CD calls it in one word.
std::optional<Difference> mark_of_another(const ObjectKey& key,
                                          const Value& live,
                                          std::string_view application,
                                          const Context& context);

}  // namespace celldrift::compare
