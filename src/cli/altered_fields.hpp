// Where a live Application is not as Git, or its ApplicationSet, makes it.
#pragma once

#include "celldrift/audit/claims.hpp"
#include "celldrift/compare/compare.hpp"

#include <vector>

namespace celldrift::cli {

struct AlteredQuestion {
  const Value& wanted;  // the Application as Git makes it; without secrets, as `live`
  const Value& live;
  const Value* set;  // the ApplicationSet that makes it; null for none
  const compare::Context& context;
};

// The spec whole, as the ApplicationSet controller of Argo CD 3.5 compares it; of labels and
// annotations those that Git states, and annotations by which Argo CD is told what to do. What the
// set's ignoreApplicationDifferences lets be says so.
std::vector<audit::AlteredField> altered_fields(const AlteredQuestion& question);

// The same of an ApplicationSet, which nobody but whoever applies Git writes.
std::vector<audit::AlteredField> altered_set(const Value& wanted,
                                             const Value& live,
                                             const compare::Context& context);

}  // namespace celldrift::cli
