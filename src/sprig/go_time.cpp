#include "sprig/go_time.hpp"

#include <utility>

namespace celldrift::sprig {
namespace {

__extension__ using Wide = __int128;

void add_seconds(GoTime& time, std::int64_t seconds) {
  const auto sum = wrapping_add(time.seconds, seconds);
  if ((sum > time.seconds) == (seconds > 0)) {
    time.seconds = sum;
  } else {
    time.seconds = seconds > 0 ? INT64_MAX : -INT64_MAX;
  }
}

// Moves what is out of 0 … base-1 from `low` to `high`.
void carry(std::int64_t& high, std::int64_t& low, std::int64_t base) {
  auto carried = low / base;
  low %= base;
  if (low < 0) {
    low += base;
    --carried;
  }
  high = wrapping_add(high, carried);
}

// How far a time is past a multiple of the unit.
Nanoseconds remainder(const GoTime& time, Nanoseconds unit) {
  const Wide total = Wide(time.seconds) * one_second + time.nanoseconds;
  const auto rest = std::int64_t(total % unit);
  return rest < 0 ? rest + unit : rest;
}

}  // namespace

GoTime time_from_unix(std::int64_t seconds, Zone zone) {
  return {wrapping_add(seconds, seconds_from_year_1_to_1970), 0, std::move(zone)};
}

GoTime time_at(std::chrono::sys_time<std::chrono::nanoseconds> instant, Zone zone) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  auto time = time_from_unix(seconds.time_since_epoch().count(), std::move(zone));
  time.nanoseconds = std::int32_t((instant - seconds).count());
  return time;
}

std::int64_t unix_seconds(const GoTime& time) {
  return wrapping_subtract(time.seconds, seconds_from_year_1_to_1970);
}

ZonePeriod period_of(const GoTime& time) {
  return period_at(time.zone, unix_seconds(time));
}

Civil civil_of(const GoTime& time) {
  return civil_at(unix_seconds(time), period_of(time).offset);
}

GoTime make_time(TimeFields fields, Zone zone) {
  auto month = wrapping_subtract(fields.month, 1);
  carry(fields.year, month, 12);
  carry(fields.second, fields.nanosecond, one_second);
  carry(fields.minute, fields.second, 60);
  carry(fields.hour, fields.minute, 60);
  carry(fields.day, fields.hour, 24);
  const auto days = days_from_civil(fields.year, int(month) + 1, fields.day);
  const auto second_of_day = fields.hour * 3600 + fields.minute * 60 + fields.second;
  auto seconds = wrapping_add(wrapping_multiply(days, 86'400), second_of_day);

  // The offset is looked up as if the time were UTC, and again where that was too close to a
  // change.
  auto period = period_at(zone, seconds);
  const auto utc = wrapping_subtract(seconds, period.offset);
  if (period.offset != 0 && (utc < period.start || utc >= period.end)) {
    period = period_at(zone, utc);
  }
  auto time = time_from_unix(wrapping_subtract(seconds, period.offset), std::move(zone));
  time.nanoseconds = std::int32_t(fields.nanosecond);
  return time;
}

std::strong_ordering compare_times(const GoTime& a, const GoTime& b) {
  const auto seconds = a.seconds <=> b.seconds;
  return seconds != 0 ? seconds : a.nanoseconds <=> b.nanoseconds;
}

GoTime add(GoTime time, Nanoseconds duration) {
  auto seconds = duration / one_second;
  auto nanoseconds = time.nanoseconds + std::int32_t(duration % one_second);
  if (nanoseconds >= one_second) {
    ++seconds;
    nanoseconds -= std::int32_t(one_second);
  } else if (nanoseconds < 0) {
    --seconds;
    nanoseconds += std::int32_t(one_second);
  }
  time.nanoseconds = nanoseconds;
  add_seconds(time, seconds);
  return time;
}

GoTime add_date(const GoTime& time, std::int64_t years, std::int64_t months, std::int64_t days) {
  const auto civil = civil_of(time);
  return make_time({.year = wrapping_add(civil.year, years),
                    .month = wrapping_add(civil.month, months),
                    .day = wrapping_add(civil.day, days),
                    .hour = civil.hour,
                    .minute = civil.minute,
                    .second = civil.second,
                    .nanosecond = time.nanoseconds},
                   time.zone);
}

Nanoseconds subtract(const GoTime& a, const GoTime& b) {
  const Wide difference =
      (Wide(a.seconds) - b.seconds) * one_second + (a.nanoseconds - b.nanoseconds);
  if (difference > INT64_MAX) {
    return INT64_MAX;
  }
  return difference < INT64_MIN ? INT64_MIN : Nanoseconds(difference);
}

GoTime truncate_time(const GoTime& time, Nanoseconds unit) {
  return unit <= 0 ? time : add(time, -remainder(time, unit));
}

GoTime round_time(const GoTime& time, Nanoseconds unit) {
  if (unit <= 0) {
    return time;
  }
  const auto rest = remainder(time, unit);
  const bool is_under_half = std::uint64_t(rest) * 2 < std::uint64_t(unit);
  return add(time, is_under_half ? -rest : unit - rest);
}

}  // namespace celldrift::sprig
