#include "sprig/civil.hpp"

namespace celldrift::sprig {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

// Go counts in unsigned 64 bits from a day in the year -292277022399 on, so that all seconds that
// fit 64 bits have a date: this many days before 1970.
constexpr std::int64_t days_before_1970 = 106'751'991'073'400;

struct Date {
  std::int64_t year;
  int month;
  int day;
};

// Years that start in March, in eras of 400 of them.
Date date_of(std::int64_t days) {
  days += 719'468;
  const auto era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = days - era * 146'097;
  const auto year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto month = (5 * day_of_year + 2) / 153;
  const int day = int(day_of_year - (153 * month + 2) / 5) + 1;
  const int civil_month = int(month < 10 ? month + 3 : month - 9);
  return {year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month, day};
}

}  // namespace

std::int64_t days_from_civil(std::int64_t year, int month, std::int64_t day) {
  __extension__ using Wide = __int128;  // years come from templates
  const Wide shifted = Wide(year) - (month <= 2 ? 1 : 0);
  const Wide era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const Wide year_of_era = shifted - era * 400;
  const Wide day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + Wide(day) - 1;
  const Wide day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t(era * 146'097 + day_of_era - 719'468);
}

int weekday_of(std::int64_t days) {
  return int(((days + 4) % 7 + 7) % 7);
}

bool is_leap_year(std::int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int month, std::int64_t year) {
  if (month == 2) {
    return is_leap_year(year) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Civil civil_at(std::int64_t unix_seconds, int offset) {
  const auto seconds = std::uint64_t(unix_seconds) + std::uint64_t(std::int64_t{offset}) +
                       std::uint64_t(days_before_1970 * seconds_per_day);
  const auto days = std::int64_t(seconds / seconds_per_day) - days_before_1970;
  const int second_of_day = int(seconds % seconds_per_day);
  const auto date = date_of(days);
  return {.year = date.year,
          .month = date.month,
          .day = date.day,
          .hour = second_of_day / 3600,
          .minute = second_of_day / 60 % 60,
          .second = second_of_day % 60,
          .year_day = int(days - days_from_civil(date.year, 1, 1)) + 1,
          .weekday = weekday_of(days)};
}

}  // namespace celldrift::sprig
