// Fields of Pods that may change in one direction only, or as long as gates keep the Pod from being
// scheduled: as kube-apiserver 1.35 has it.
#pragma once

#include "audit/gate/immutable.hpp"

namespace celldrift::audit {

// Why the API server would refuse it, to be read after the field's name; "" when it would not, or
// where the field is none of these.
std::string why_pod_keeps(const FieldChange& change);

}  // namespace celldrift::audit
