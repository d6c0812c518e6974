#include "celldrift/core/error.hpp"
#include "celldrift/sprig/time.hpp"
#include "sprig/duration.hpp"
#include "sprig/time_zone.hpp"

namespace celldrift::sprig {

std::optional<ZoneOffset> zone_offset(std::string_view zone, std::int64_t unix_seconds) {
  const std::optional<Zone> found = find_zone(zone);
  if (!found) {
    return std::nullopt;
  }
  const ZonePeriod period = period_at(*found, unix_seconds);
  return ZoneOffset{.seconds = period.offset, .start = period.start, .end = period.end};
}

std::optional<std::int64_t> go_duration(std::string_view text) {
  try {
    return parse_duration(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace celldrift::sprig
