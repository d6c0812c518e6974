#include "celldrift/fleet/argo_form.hpp"

#include "fleet/applications/application.hpp"

namespace celldrift::fleet {

Value as_argo_writes(const Value& application) {
  return normalized_application(checked_application(application));
}

}  // namespace celldrift::fleet
