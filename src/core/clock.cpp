#include "celldrift/core/clock.hpp"

#include <charconv>
#include <cstdio>

namespace celldrift {
namespace {

// Reads exactly `digits` digits and drops them from `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  int number = 0;
  if (text.size() < digits) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc{} || end != text.data() + digits || number < 0) {
    return std::nullopt;
  }
  text.remove_prefix(digits);
  return number;
}

bool take_char(std::string_view& text, std::string_view allowed) {
  if (text.empty() || allowed.find(text[0]) == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

void skip_fraction(std::string_view& text) {
  if (take_char(text, ".")) {
    while (take_char(text, "0123456789")) {
    }
  }
}

std::optional<std::chrono::seconds> take_zone(std::string_view& text) {
  if (take_char(text, "Zz")) {
    return std::chrono::seconds{0};
  }
  const int sign = text.starts_with('-') ? -1 : 1;
  if (!take_char(text, "+-")) {
    return std::nullopt;
  }
  const auto hours = take_number(text, 2);
  if (!hours || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto minutes = take_number(text, 2);
  if (!minutes) {
    return std::nullopt;
  }
  return std::chrono::seconds{sign * (*hours * 3600 + *minutes * 60)};
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take_char(text, "-")) {
    return std::nullopt;
  }
  const auto month = take_number(text, 2);
  if (!month || !take_char(text, "-")) {
    return std::nullopt;
  }
  const auto day = take_number(text, 2);
  if (!day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{unsigned(*month)},
                                         std::chrono::day{unsigned(*day)}};
  return date.ok() ? std::optional(std::chrono::sys_days{date}) : std::nullopt;
}

std::optional<std::chrono::seconds> take_time_of_day(std::string_view& text) {
  const auto hours = take_number(text, 2);
  if (!hours || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto minutes = take_number(text, 2);
  if (!minutes || !take_char(text, ":")) {
    return std::nullopt;
  }
  const auto seconds = take_number(text, 2);
  if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 60) {
    return std::nullopt;
  }
  return std::chrono::seconds{*hours * 3600 + *minutes * 60 + *seconds};
}

}  // namespace

std::string format_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  char text[40];
  std::snprintf(text,
                sizeof text,
                "%04d-%02u-%02uT%02d:%02d:%02dZ",
                int(date.year()),
                unsigned(date.month()),
                unsigned(date.day()),
                int(clock.hours().count()),
                int(clock.minutes().count()),
                int(clock.seconds().count()));
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take_char(text, "Tt ")) {
    return std::nullopt;
  }
  const auto time_of_day = take_time_of_day(text);
  if (!time_of_day) {
    return std::nullopt;
  }
  skip_fraction(text);
  const auto zone = take_zone(text);
  if (!zone || !text.empty()) {
    return std::nullopt;
  }
  return Time{*date + *time_of_day - *zone};
}

std::string describe_age(std::chrono::seconds age) {
  struct Unit {
    long long seconds;
    std::string_view name;
  };
  static constexpr Unit units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
  const long long seconds = std::max<long long>(age.count(), 0);
  for (const Unit& unit : units) {
    if (seconds >= unit.seconds) {
      const long long count = seconds / unit.seconds;
      return std::to_string(count) + " " + std::string(unit.name) + (count == 1 ? "" : "s");
    }
  }
  return "0 seconds";
}

}  // namespace celldrift
