// Health of what takes requests, and of what scales by them.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health service_health(const Value& object);
Health ingress_health(const Value& object);
Health api_service_health(const Value& object);
Health autoscaler_health(const Value& object);

}  // namespace celldrift::audit::health
