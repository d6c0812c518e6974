// Go's time.Duration: nanoseconds in 64 bits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::sprig {

using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds one_second = 1'000'000'000;

// What overflows wraps around, as Go's integers do.
constexpr std::int64_t wrapping_add(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) + std::uint64_t(b));
}
constexpr std::int64_t wrapping_subtract(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) - std::uint64_t(b));
}
constexpr std::int64_t wrapping_multiply(std::int64_t a, std::int64_t b) {
  return std::int64_t(std::uint64_t(a) * std::uint64_t(b));
}

// time.ParseDuration: "1h30m", "-1.5h". Throws Error(config) with its message.
Nanoseconds parse_duration(std::string_view text);
std::string duration_text(Nanoseconds duration);  // "1h30m0s"

// To a multiple of `unit`, halfway values away from zero; unchanged for a unit of 0 or less.
Nanoseconds round_duration(Nanoseconds duration, Nanoseconds unit);
Nanoseconds truncate_duration(Nanoseconds duration, Nanoseconds unit);

// How package time quotes texts in its errors.
std::string quote_in_time_error(std::string_view text);

}  // namespace celldrift::sprig
