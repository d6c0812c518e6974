// Health of kinds as rules/health.yaml tells it.
#pragma once

#include "audit/health/parts.hpp"

#include <optional>

namespace celldrift::audit::health {

// Nothing where the table has no such kind.
std::optional<Health> health_by_table(const Value& object);

}  // namespace celldrift::audit::health
