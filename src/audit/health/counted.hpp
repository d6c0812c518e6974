// Health of kinds of which parts are counted, or compared with each other.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

std::span<const HealthCheck> counted_checks();

}  // namespace celldrift::audit::health
