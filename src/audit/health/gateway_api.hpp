// Health of the Gateway API's kinds.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health gateway_health(const Value& object);
Health gateway_class_health(const Value& object);
Health route_health(const Value& object);  // of HTTPRoute and GRPCRoute
Health backend_policy_health(const Value& object);

}  // namespace celldrift::audit::health
