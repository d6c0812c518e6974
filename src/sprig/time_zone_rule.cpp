#include "sprig/time_zone_rule.hpp"

#include "sprig/civil.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

// A day of the year at which a period begins, and the seconds of that day.
struct Change {
  enum class Form { julian, day_of_year, weekday_of_month };
  Form form = Form::day_of_year;
  int day = 0;  // the weekday, of weekday_of_month
  int week = 0;
  int month = 0;
  std::int64_t time = 2 * hour;
};

// Takes the parts of a rule off its front; nothing where a part is not well formed.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool at(char c) const { return rest_.starts_with(c); }
  bool take(char c) {
    const bool found = at(c);
    rest_.remove_prefix(found ? 1 : 0);
    return found;
  }

  std::optional<std::string_view> name() {
    if (take('<')) {
      const auto end = rest_.find('>');
      if (end == std::string_view::npos) {
        return std::nullopt;
      }
      const auto name = rest_.substr(0, end);
      rest_.remove_prefix(end + 1);
      return name;
    }
    const auto end = std::min(rest_.find_first_of("0123456789,-+"), rest_.size());
    if (end < 3) {
      return std::nullopt;
    }
    const auto name = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return name;
  }

  std::optional<int> number(int min, int max) {
    const auto end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    int value = 0;
    for (const char digit : rest_.substr(0, end)) {
      value = value * 10 + (digit - '0');
      if (value > max) {
        return std::nullopt;
      }
    }
    if (end == 0 || value < min) {
      return std::nullopt;
    }
    rest_.remove_prefix(end);
    return value;
  }

  // [+-]hh[:mm[:ss]]
  std::optional<std::int64_t> seconds() {
    const int sign = take('-') ? -1 : 1;
    if (sign > 0) {
      take('+');
    }
    const auto hours = number(0, 24 * 7);
    const auto minutes = hours && take(':') ? number(0, 59) : std::optional(0);
    const auto rest = minutes && at(':') && take(':') ? number(0, 59) : std::optional(0);
    if (!hours || !minutes || !rest) {
      return std::nullopt;
    }
    return sign * (*hours * hour + *minutes * 60 + *rest);
  }

  std::optional<Change> change() {
    Change result;
    bool ok = false;
    if (take('J')) {
      result.form = Change::Form::julian;
      ok = set(result.day, number(1, 365));
    } else if (take('M')) {
      result.form = Change::Form::weekday_of_month;
      ok = set(result.month, number(1, 12)) && take('.') && set(result.week, number(1, 5)) &&
           take('.') && set(result.day, number(0, 6));
    } else {
      ok = set(result.day, number(0, 365));
    }
    if (ok && take('/')) {
      const auto time = seconds();
      ok = time.has_value();
      result.time = time.value_or(0);
    }
    return ok ? std::optional(result) : std::nullopt;
  }

 private:
  static bool set(int& target, const std::optional<int>& value) {
    target = value.value_or(0);
    return value.has_value();
  }

  std::string_view rest_;
};

// Days since the start of the year.
std::int64_t day_of_year(const Change& change, std::int64_t year) {
  if (change.form == Change::Form::julian) {  // never counts February 29
    return change.day - 1 + (is_leap_year(year) && change.day >= 60 ? 1 : 0);
  }
  if (change.form == Change::Form::day_of_year) {
    return change.day;
  }
  const auto first = days_from_civil(year, change.month, 1);
  auto result = (change.day - weekday_of(first) + 7) % 7;
  for (int i = 1; i < change.week && result + 7 < days_in_month(change.month, year); ++i) {
    result += 7;
  }
  return first - days_from_civil(year, 1, 1) + result;
}

// Seconds since the start of the year, in UTC; `offset` holds before.
std::int64_t start_of(const Change& change, std::int64_t year, std::int64_t offset) {
  return day_of_year(change, year) * day + change.time - offset;
}

struct Half {
  std::string_view name;
  std::int64_t offset = 0;
  bool is_daylight = false;

  ZonePeriod period(std::int64_t start, std::int64_t end) const {
    return {name, int(offset), start, end, is_daylight};
  }
};

ZonePeriod choose(Half standard,
                  Half daylight,
                  const Change& to_daylight,
                  const Change& to_standard,
                  std::int64_t unix_seconds) {
  const auto civil = civil_at(unix_seconds, 0);
  const auto second_of_year = (civil.year_day - 1) * day + unix_seconds % day;
  const auto year_start = unix_seconds - second_of_year;
  auto first = start_of(to_daylight, civil.year, standard.offset);
  auto second = start_of(to_standard, civil.year, daylight.offset);
  if (second < first) {  // the southern hemisphere
    std::swap(first, second);
    std::swap(standard, daylight);
  }
  if (second_of_year < first) {
    return standard.period(year_start, first + year_start);
  }
  if (second_of_year >= second) {
    return standard.period(second + year_start, year_start + 365 * day);
  }
  return daylight.period(first + year_start, second + year_start);
}

}  // namespace

std::optional<ZonePeriod> period_by_rule(std::string_view rule,
                                         std::int64_t last_transition,
                                         std::int64_t unix_seconds) {
  Reader reader(rule);
  const auto standard_name = reader.name();
  const auto standard_offset = standard_name ? reader.seconds() : std::nullopt;
  if (!standard_offset) {
    return std::nullopt;
  }
  const Half standard{*standard_name, -*standard_offset, false};
  if (reader.done() || reader.at(',')) {
    return standard.period(last_transition, INT64_MAX);
  }
  const auto daylight_name = reader.name();
  if (!daylight_name) {
    return std::nullopt;
  }
  Half daylight{*daylight_name, standard.offset + hour, true};
  if (!reader.done() && !reader.at(',')) {
    const auto offset = reader.seconds();
    if (!offset) {
      return std::nullopt;
    }
    daylight.offset = -*offset;
  }
  if (reader.done()) {
    reader = Reader(",M3.2.0,M11.1.0");  // tzcode's default
  }
  const auto to_daylight = reader.take(',') || reader.take(';') ? reader.change() : std::nullopt;
  const auto to_standard = to_daylight && reader.take(',') ? reader.change() : std::nullopt;
  if (!to_standard || !reader.done()) {
    return std::nullopt;
  }
  return choose(standard, daylight, *to_daylight, *to_standard, unix_seconds);
}

}  // namespace celldrift::sprig
