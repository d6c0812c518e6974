// spec.templatePatch: a patch of each Application, itself a template.
#pragma once

#include "celldrift/core/value.hpp"

#include <string_view>

namespace celldrift::fleet {

// An Application {metadata, spec} with a rendered templatePatch applied. The project is never
// changed. `patch` is YAML, or JSON where it begins with "{". Throws the Error that Argo CD would
// report.
Value patched(const Value& application, std::string_view patch, const Mark& mark);

}  // namespace celldrift::fleet
