// Health of what runs pods.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health deployment_health(const Value& object);
Health stateful_set_health(const Value& object);
Health daemon_set_health(const Value& object);
Health replica_set_health(const Value& object);

}  // namespace celldrift::audit::health
