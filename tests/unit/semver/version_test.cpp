#include "celldrift/core/error.hpp"
#include "celldrift/semver/semver.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("versions are read loosely, and written in full") {
  struct Case {
    const char* text;
    const char* written;
  };
  const Case cases[] = {
      {"1.2.3", "1.2.3"},
      {"v1.2.3-rc.1+build.5", "1.2.3-rc.1+build.5"},
      {"1", "1.0.0"},
      {"v1.2", "1.2.0"},
      {"01.002.3", "1.2.3"},
      {"1-rc", "1.0.0-rc"},
      {"1.2+b", "1.2.0+b"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(semver::parse(c.text).text() == c.written);
    CHECK(semver::parse(c.text).original == c.text);
  }
}

TEST_CASE("a text that is no version is told in the library's words") {
  struct Case {
    const char* text;
    const char* loose;
    const char* strict;
  };
  const Case cases[] = {
      {"", "invalid semantic version", "version string empty"},
      {"abc", "invalid semantic version", "invalid semantic version"},
      {"1.2.3.4", "invalid semantic version", "invalid characters in version"},
      {"1.2.x", "invalid semantic version", "invalid characters in version"},
      {"1..3", "invalid semantic version", "strconv.ParseUint: parsing \"\": invalid syntax"},
      {"1.2.3-01", "version segment starts with 0", "version segment starts with 0"},
      {"1.2.3-", "invalid semantic version", "invalid prerelease string"},
      {"1.2.3+", "invalid semantic version", "invalid metadata string"},
      {"99999999999999999999.0.0",
       "error parsing version segment: strconv.ParseUint: parsing \"99999999999999999999\": value "
       "out of range",
       "strconv.ParseUint: parsing \"99999999999999999999\": value out of range"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK_THROWS_WITH_AS(semver::parse(c.text), c.loose, Error);
    CHECK_THROWS_WITH_AS(semver::parse_strict(c.text), c.strict, Error);
    CHECK_FALSE(semver::try_parse(c.text));
  }
  CHECK_THROWS_WITH_AS(semver::parse_strict("v1.2.3"), "invalid characters in version", Error);
  CHECK_THROWS_WITH_AS(semver::parse_strict("1.02.3"), "version segment starts with 0", Error);
}

TEST_CASE("versions are ordered by precedence") {
  const char* ascending[] = {"0.9.9",
                             "1.0.0-1",
                             "1.0.0-2",
                             "1.0.0-10",
                             "1.0.0-alpha",
                             "1.0.0-alpha.1",
                             "1.0.0-alpha.beta",
                             "1.0.0-rc.9",
                             "1.0.0-rc.10",
                             "1.0.0",
                             "1.0.1",
                             "1.2.0",
                             "10.0.0"};
  for (std::size_t i = 0; i + 1 < std::size(ascending); ++i) {
    CAPTURE(ascending[i]);
    CHECK(semver::parse(ascending[i]) < semver::parse(ascending[i + 1]));
  }
  CHECK(semver::parse("1.0.0+a") == semver::parse("v1+b"));
}
