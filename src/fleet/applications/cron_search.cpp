#include "fleet/applications/cron_search.hpp"

#include "celldrift/sprig/time.hpp"

namespace celldrift::fleet {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr int most_years = 5;

bool has(std::uint64_t field, unsigned number) {
  return (field >> number & 1) != 0;
}

}  // namespace

CronSearch::CronSearch(const CronFields& fields, std::string zone, std::int64_t after)
    : fields_(fields), zone_(std::move(zone)), time_(after + 1) {}

CronSearch::Local CronSearch::local() const {
  const sys_seconds shifted{
      std::chrono::seconds(time_ + sprig::zone_offset(zone_, time_)->seconds)};
  const sys_days day = std::chrono::floor<days>(shifted);
  const std::chrono::hh_mm_ss clock(shifted - day);
  return {.date = day,
          .hour = int(clock.hours().count()),
          .minute = int(clock.minutes().count()),
          .second = int(clock.seconds().count())};
}

// time.Date: a local time that the clocks skip, or show twice, is taken by the offset that holds
// at that time taken as UTC, if the result lies in its period, else by the one that holds there.
std::int64_t CronSearch::unix_time(const Local& local) const {
  const std::int64_t as_utc =
      std::int64_t(sys_days(local.date).time_since_epoch().count()) * 24 * hour +
      local.hour * hour + local.minute * minute + local.second;
  const auto first = sprig::zone_offset(zone_, as_utc);
  const std::int64_t guess = as_utc - first->seconds;
  const bool is_in = guess >= first->start && guess < first->end;
  return is_in ? guess : as_utc - sprig::zone_offset(zone_, guess)->seconds;
}

// Days of the month and of the week: both where either has a star, else one of them is enough.
bool CronSearch::is_day() const {
  const year_month_day date = local().date;
  const bool by_day = has(fields_.day, unsigned(date.day()));
  const bool by_weekday = has(fields_.weekday, std::chrono::weekday(sys_days(date)).c_encoding());
  const bool needs_both = ((fields_.day | fields_.weekday) & CronFields::star) != 0;
  return needs_both ? by_day && by_weekday : by_day || by_weekday;
}

void CronSearch::begin(const Local& at) {
  if (!is_moved_) {
    is_moved_ = true;
    time_ = unix_time(at);
  }
}

CronSearch::Step CronSearch::to_month() {
  while (!has(fields_.month, unsigned(local().date.month()))) {
    const year_month_day today = local().date;
    begin({.date = today.year() / today.month() / 1});
    Local next = local();
    next.date = (next.date.year() / next.date.month() / 1) + months(1);
    time_ = unix_time(next);
    if (local().date.month() == std::chrono::January) {
      return Step::again;
    }
  }
  return Step::found;
}

CronSearch::Step CronSearch::to_day() {
  while (!is_day()) {
    begin({.date = local().date});
    Local next = local();
    next.date = sys_days(next.date) + days(1);
    time_ = unix_time(next);
    // Midnight may not be there, where clocks change at it.
    if (const int at = local().hour; at != 0) {
      time_ += at > 12 ? (24 - at) * hour : -at * hour;
    }
    if (unsigned(local().date.day()) == 1) {
      return Step::again;
    }
  }
  return Step::found;
}

CronSearch::Step CronSearch::to_hour() {
  while (!has(fields_.hour, unsigned(local().hour))) {
    const Local now = local();
    begin({.date = now.date, .hour = now.hour});
    time_ += hour;
    if (local().hour == 0) {
      return Step::again;
    }
  }
  return Step::found;
}

CronSearch::Step CronSearch::to_minute() {
  while (!has(fields_.minute, unsigned(local().minute))) {
    if (!is_moved_) {
      is_moved_ = true;
      time_ -= local().second;
    }
    time_ += minute;
    if (local().minute == 0) {
      return Step::again;
    }
  }
  return Step::found;
}

CronSearch::Step CronSearch::to_second() {
  const int second = local().second;
  if (second == 0) {
    return Step::found;
  }
  is_moved_ = true;
  time_ += minute - second;
  return Step::again;
}

std::optional<std::int64_t> CronSearch::run() {
  constexpr std::uint64_t any = ~CronFields::star;
  if ((fields_.minute & any) == 0 || (fields_.hour & any) == 0 || (fields_.month & any) == 0) {
    return std::nullopt;  // nothing stands there but commas
  }
  const std::chrono::year last = local().date.year() + std::chrono::years(most_years);
  while (local().date.year() <= last) {
    const bool is_found = to_month() == Step::found && to_day() == Step::found &&
                          to_hour() == Step::found && to_minute() == Step::found &&
                          to_second() == Step::found;
    if (is_found) {
      return time_;
    }
  }
  return std::nullopt;
}

}  // namespace celldrift::fleet
