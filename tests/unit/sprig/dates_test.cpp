#include "sprig/civil.hpp"
#include "unit/sprig/expand.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using sprig::test::expand;
using sprig::test::Snippet;

TEST_CASE("times are formatted by Go's layouts") {
  const Snippet cases[] = {
      {R"({{ now }})", "2026-01-02 03:04:05.123456789 +0000 UTC"},
      {R"({{ date "Monday Mon January Jan 2006 06 1 01 2 02 _2 __2 002" 0 }})",
       "Thursday Thu January Jan 1970 70 1 01 1 01  1   1 001"},
      {R"({{ now | date "15 3 03 4 04 5 05 PM pm" }})", "03 3 03 4 04 5 05 AM am"},
      {R"({{ now | date ".000 ,000000 .999999 .000000000000" }})",
       ".123 ,123456 .123456 .123456789"},
      {R"({{ date ".9 .0" 0 }})", " .0"},
      {R"({{ dateInZone "-07 -0700 -07:00 -070000 -07:00:00 MST" 0 "Asia/Kolkata" }})",
       "+05 +0530 +05:30 +053000 +05:30:00 IST"},
      {R"({{ dateInZone "Z07 Z0700 Z07:00 Z070000 Z07:00:00 MST" 0 "UTC" }})", "Z Z Z Z Z UTC"},
      {R"({{ date "Month Janet _2006 .0001" 0 }})", "Month Janet _1970 .0001"},
      {R"({{ htmlDate 86400 }})", "1970-01-02"},
      {R"({{ htmlDateInZone 0 "America/New_York" }})", "1969-12-31"},
      {R"({{ dateInZone "MST" 0 "No/Zone" }})", "UTC"},
      {R"({{ dateInZone "2006" 1.5 "UTC" }})", "2026"},  // no time: now
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("zones change their offsets as the database and its rules say") {
  const Snippet cases[] = {
      {R"({{ dateInZone "15:04 MST" (int64 1774745999) "Europe/Berlin" }})", "01:59 CET"},
      {R"({{ dateInZone "15:04 MST" (int64 1774746000) "Europe/Berlin" }})", "03:00 CEST"},
      {R"({{ dateInZone "15:04 MST" (int64 2540000000) "Europe/Berlin" }})", "05:33 CEST"},
      {R"({{ dateInZone "15:04 MST" (int64 2525000000) "Australia/Sydney" }})", "23:53 AEDT"},
      {R"({{ dateInZone "15:04 MST" (int64 2540000000) "Australia/Sydney" }})", "13:33 AEST"},
      {R"({{ dateInZone "-07:00:00 MST" (int64 -3000000000) "Europe/Berlin" }})", "+00:53:28 LMT"},
      {R"({{ dateInZone "-07:00 MST" 0 "America/Caracas" }})", "-04:00 -04"},
      {R"({{ dateInZone "-07:00 MST" 0 "Etc/GMT+5" }})", "-05:00 -05"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
  CHECK(expand(R"({{ date "15:04 MST" 0 }})", "Asia/Tokyo") == "09:00 JST");
  CHECK(expand(R"({{ now.Location }})", "Asia/Tokyo") == "Asia/Tokyo");
}

TEST_CASE("times are parsed by Go's layouts, with Go's errors") {
  const Snippet cases[] = {
      {R"({{ toDate "2006-01-02" "2026-03-01" }})", "2026-03-01 00:00:00 +0000 UTC"},
      {R"({{ toDate "2006-01-02" "x" }})", "0001-01-01 00:00:00 +0000 UTC"},
      {R"({{ mustToDate "2006-01-02T15:04:05Z07:00" "2026-03-01T09:30:05.5+01:00" }})",
       "2026-03-01 09:30:05.5 +0100 +0100"},
      {R"({{ mustToDate "Jan _2 3:04PM 2006" "mar  1 12:05AM 2026" }})",
       "2026-03-01 00:05:00 +0000 UTC"},
      {R"({{ mustToDate "2006 002" "2024 060" }})", "2024-02-29 00:00:00 +0000 UTC"},
      {R"({{ mustToDate "2006 MST" "2026 GMT+3" }})", "2026-01-01 03:00:00 +0300 GMT+3"},
      {R"({{ mustToDate "2006-01-02" "2026-02-29" }})",
       "error: parsing time \"2026-02-29\": day out of range"},
      {R"({{ mustToDate "2006-01-02" "2026-13-01" }})",
       "error: parsing time \"2026-13-01\": month out of range"},
      {R"({{ mustToDate "2006-01-02" "2026-1-01" }})",
       "error: parsing time \"2026-1-01\" as \"2006-01-02\": cannot parse \"1-01\" as \"01\""},
      {R"({{ mustToDate "2006" "2026é" }})",
       "error: parsing time \"2026\\xc3\\xa9\": extra text: \"\\xc3\\xa9\""},
      {R"({{ mustToDate "2006 002" "2026 366" }})",
       "error: parsing time \"2026 366\": day-of-year out of range"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
  CHECK(expand(R"({{ toDate "2006-01-02 15:04" "2026-03-29 02:30" }})", "Europe/Berlin") ==
        "2026-03-29 03:30:00 +0200 CEST");
  CHECK(expand(R"({{ toDate "2006 MST" "2026 CET" }})", "Europe/Berlin") ==
        "2026-01-01 00:00:00 +0100 CET");
}

TEST_CASE("durations are read, rounded and written as Go does") {
  const Snippet cases[] = {
      {R"({{ duration "95" }})", "1m35s"},
      {R"({{ duration (int64 3600) }})", "1h0m0s"},
      {R"({{ duration 95 }})", "0s"},  // an int is not looked at
      {R"({{ duration "x" }})", "0s"},
      {R"({{ durationRound "2400h10m5s" }})", "3mo"},
      {R"({{ durationRound "-90s" }})", "1m"},
      {R"({{ durationRound "1h" }})", "60m"},  // more than one of a unit is needed
      {R"({{ durationRound (toDate "2006-01-02" "2024-01-02") }})", "2y"},
      {R"({{ ago (toDate "2006-01-02" "2026-01-02") }})", "3h4m5s"},
      {R"({{ mustDateModify "1.5h" now }})", "2026-01-02 04:34:05.123456789 +0000 UTC"},
      {R"({{ mustDateModify "1d" now }})", "error: time: unknown unit \"d\" in duration \"1d\""},
      {R"({{ mustDateModify "1" now }})", "error: time: missing unit in duration \"1\""},
      {R"({{ mustDateModify "" now }})", "error: time: invalid duration \"\""},
      {R"({{ dateModify "1d" now | unixEpoch }})", "1767323045"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("templates call the methods of times, durations and months") {
  const Snippet cases[] = {
      {R"({{ now.Year }} {{ now.Month }} {{ now.Weekday }} {{ now.YearDay }})",
       "2026 January Friday 2"},
      {R"({{ printf "%d" now.Month }})", "1"},
      {R"({{ (now.AddDate 0 1 28).Format "2006-01-02" }})", "2026-03-02"},
      {R"({{ (now.Add 3600000000000).Hour }})", "4"},
      {R"({{ (now.Sub (toDate "2006" "2026")).Hours }})", "27.068089849108055"},
      {R"({{ now.Truncate 3600000000000 }})", "2026-01-02 03:00:00 +0000 UTC"},
      {R"({{ now.UnixNano }})", "1767323045123456789"},
      {R"({{ now.Before (toDate "2006" "2027") }})", "true"},
      {R"({{ (toDate "x" "y").IsZero }})", "true"},
      {R"({{ toJson now }})", "\"2026-01-02T03:04:05.123456789Z\""},
      {R"({{ (now.AddDate 9999 0 0) | mustToJson }})",
       "error: json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: year outside "
       "of range [0,9999]"},
      {R"({{ typeOf now }} {{ kindOf now }} {{ typeOf now.Month }})",
       "time.Time struct time.Month"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("dates and days since 1970 are each other's inverse") {
  for (std::int64_t days = -1'000'000; days < 1'000'000; days += 997) {
    const auto civil = sprig::civil_at(days * 86'400 + 86'399, 0);
    CHECK(sprig::days_from_civil(civil.year, civil.month, civil.day) == days);
    CHECK(civil.weekday == sprig::weekday_of(days));
    CHECK((civil.hour == 23 && civil.minute == 59 && civil.second == 59));
  }
}
