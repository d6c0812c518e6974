// Health of Argo Rollouts' Rollout.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health rollout_health(const Value& object);

}  // namespace celldrift::audit::health
