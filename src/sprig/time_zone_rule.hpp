#pragma once

#include "sprig/time_zone.hpp"

namespace celldrift::sprig {

// What a POSIX TZ text ("CET-1CEST,M3.5.0,M10.5.0/3") says of a time after the last transition of a
// zone. Names are parts of `rule`. Nothing when it is not well formed.
std::optional<ZonePeriod> period_by_rule(std::string_view rule,
                                         std::int64_t last_transition,
                                         std::int64_t unix_seconds);

}  // namespace celldrift::sprig
