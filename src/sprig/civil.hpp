// Days and times of the proleptic Gregorian calendar.
#pragma once

#include <cstdint>

namespace celldrift::sprig {

struct Civil {
  std::int64_t year = 1;
  int month = 1;  // 1 to 12
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int year_day = 1;  // from 1
  int weekday = 0;   // 0 is Sunday
};

// The date and time in a zone with that offset. Wraps around where Go's does.
Civil civil_at(std::int64_t unix_seconds, int offset);

// Days since 1970-01-01; `month` from 1 to 12, `day` any number.
std::int64_t days_from_civil(std::int64_t year, int month, std::int64_t day);
int weekday_of(std::int64_t days);
bool is_leap_year(std::int64_t year);
int days_in_month(int month, std::int64_t year);

}  // namespace celldrift::sprig
