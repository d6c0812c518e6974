// Health of pods, of what runs them to an end, and of their storage.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health pod_health(const Value& object);
Health job_health(const Value& object);
Health cron_job_health(const Value& object);
Health claim_health(const Value& object);

}  // namespace celldrift::audit::health
