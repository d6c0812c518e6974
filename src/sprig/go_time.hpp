// Go's time.Time: an instant to the nanosecond, seen in a zone.
#pragma once

#include "sprig/civil.hpp"
#include "sprig/duration.hpp"
#include "sprig/time_zone.hpp"

#include <chrono>
#include <string>

namespace celldrift::sprig {

// The zero value is Go's: 0001-01-01 00:00:00 UTC.
struct GoTime {
  std::int64_t seconds = 0;  // since the year 1, UTC
  std::int32_t nanoseconds = 0;
  Zone zone;
};

inline constexpr std::int64_t seconds_from_year_1_to_1970 = 62'135'596'800;

GoTime time_at(std::chrono::sys_time<std::chrono::nanoseconds> instant, Zone zone);
GoTime time_from_unix(std::int64_t seconds, Zone zone);
std::int64_t unix_seconds(const GoTime& time);
ZonePeriod period_of(const GoTime& time);
Civil civil_of(const GoTime& time);

// time.Date: the fields may be out of their ranges. A time that a zone skips or has twice is one of
// the two.
struct TimeFields {
  std::int64_t year = 1;
  std::int64_t month = 1;
  std::int64_t day = 1;
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t second = 0;
  std::int64_t nanosecond = 0;
};
GoTime make_time(TimeFields fields, Zone zone);

std::strong_ordering compare_times(const GoTime& a, const GoTime& b);
GoTime add(GoTime time, Nanoseconds duration);
GoTime add_date(const GoTime& time, std::int64_t years, std::int64_t months, std::int64_t days);
Nanoseconds subtract(const GoTime& a, const GoTime& b);  // the nearest that fits
// To a multiple of `unit` since the year 1; unchanged for a unit of 0 or less.
GoTime truncate_time(const GoTime& time, Nanoseconds unit);
GoTime round_time(const GoTime& time, Nanoseconds unit);

// By an example: "2006-01-02 15:04:05".
std::string format_time(const GoTime& time, std::string_view layout);
std::string time_text(const GoTime& time);  // String()
// time.ParseInLocation. Throws Error(config) with its message.
GoTime parse_time(std::string_view layout, std::string_view text, const Zone& zone);

std::string_view month_name(int month);      // 1 is January
std::string_view weekday_name(int weekday);  // 0 is Sunday

}  // namespace celldrift::sprig
