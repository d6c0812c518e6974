#include "celldrift/core/clock.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace std::chrono_literals;

TEST_CASE("times are read as RFC 3339 and written in UTC") {
  struct Case {
    const char* text;
    const char* utc;  // "" when it is no time
  };
  const Case cases[] = {
      {"2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"},
      {"2026-03-01T09:30:00.123456Z", "2026-03-01T09:30:00Z"},
      {"2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z"},
      {"2026-02-28T23:30:00-01:00", "2026-03-01T00:30:00Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"2026-02-29T00:00:00Z", ""},
      {"2026-13-01T00:00:00Z", ""},
      {"2026-03-01T24:00:00Z", ""},
      {"2026-03-01", ""},
      {"2026-03-01T09:30:00", ""},
      {"2026-03-01T09:30:00Zjunk", ""},
      {"", ""},
      {"-026-03-01T09:30:00Z", ""},
  };
  for (const Case& c : cases) {
    SUBCASE(c.text) {
      const auto time = parse_time(c.text);
      CHECK((time ? format_time(*time) : "") == c.utc);
    }
  }
}

TEST_CASE("ages are told in the largest whole unit") {
  CHECK(describe_age(0s) == "0 seconds");
  CHECK(describe_age(-5s) == "0 seconds");
  CHECK(describe_age(1s) == "1 second");
  CHECK(describe_age(59s) == "59 seconds");
  CHECK(describe_age(3min) == "3 minutes");
  CHECK(describe_age(25h) == "1 day");
  CHECK(describe_age(24h * 400) == "400 days");
}
