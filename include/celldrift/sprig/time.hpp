// Of Go's package time, what others than templates need.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace celldrift::sprig {

// What holds in a time zone from `start` to before `end`, in seconds since 1970.
struct ZoneOffset {
  int seconds = 0;  // east of UTC
  std::int64_t start = INT64_MIN;
  std::int64_t end = INT64_MAX;
};

// time.LoadLocation and Zone: "" and "UTC", "Europe/Berlin". Nothing for unknown names. Go's own
// database is built in. Thread-safe.
std::optional<ZoneOffset> zone_offset(std::string_view zone, std::int64_t unix_seconds);

// time.ParseDuration, in nanoseconds: "1h30m". Nothing for what is none.
std::optional<std::int64_t> go_duration(std::string_view text);

}  // namespace celldrift::sprig
