// Time as an input: `now` is read once, in main, and passed on.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift {

using Time = std::chrono::sys_seconds;

// "2026-03-01T09:30:00Z".
std::string format_time(Time time);
// RFC 3339, with any zone and fraction; nothing when it is not one.
std::optional<Time> parse_time(std::string_view text);
// "3 minutes", "2 days": for people. Negative lengths count as 0.
std::string describe_age(std::chrono::seconds age);

}  // namespace celldrift
