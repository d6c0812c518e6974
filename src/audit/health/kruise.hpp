// Health of OpenKruise's kinds that roll out up to a partition.
#pragma once

#include "audit/health/parts.hpp"

namespace celldrift::audit::health {

Health kruise_daemon_set_health(const Value& object);
Health kruise_stateful_set_health(const Value& object);
Health game_server_set_health(const Value& object);

}  // namespace celldrift::audit::health
