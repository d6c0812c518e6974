// What an ordinary, client-side apply last stated, by its annotation.
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/core/value.hpp"

#include <optional>

namespace celldrift::compare {

// Whether there is such an annotation.
bool has_last_applied(const Value& live);

// What kubectl's (or Argo CD's) last-applied annotation has at the path; nothing when there is no
// such annotation, or it states nothing there.
std::optional<Value> last_applied_at(const Value& live, const Path& path);

}  // namespace celldrift::compare
