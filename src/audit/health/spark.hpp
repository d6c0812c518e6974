// Health of the Spark operator's SparkApplication.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health spark_health(const Value& object);

}  // namespace celldrift::audit::health
