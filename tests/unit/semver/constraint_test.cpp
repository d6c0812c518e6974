#include "celldrift/core/error.hpp"
#include "celldrift/semver/semver.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using semver::Constraint;

TEST_CASE("constraints choose versions as Masterminds' semver does") {
  struct Case {
    const char* constraint;
    const char* version;
    bool holds;
  };
  const Case cases[] = {
      // operators
      {"1.2.3", "1.2.3", true},
      {"=1.2.3", "1.2.3+build", true},
      {"= 1.2.3", "1.2.4", false},
      {"!=1.2.3", "1.2.4", true},
      {">1.2.3", "1.2.3", false},
      {">=1.2.3", "v1.2.3", true},
      {"=>1.2.3", "1.2.3", true},
      {"<1.2.3", "1.2.2", true},
      {"<=1.2.3", "1.2.3", true},
      {"=<1.2.3", "1.2.4", false},
      {"~1.2.3", "1.2.9", true},
      {"~1.2.3", "1.3.0", false},
      {"~>1.2", "1.2.9", true},
      {"^1.2.3", "1.9.0", true},
      {"^1.2.3", "2.0.0", false},
      {"^0.2.3", "0.2.9", true},
      {"^0.2.3", "0.3.0", false},
      {"^0.0.3", "0.0.4", false},
      // what is left open
      {"1", "1.9.9", true},
      {"1.2", "1.2.9", true},
      {"1.x", "2.0.0", false},
      {"1.2.*", "1.2.9", true},
      {"*", "9.9.9", true},
      {"x.5", "0.1.0", true},
      {">11", "11.1.0", false},
      {">11.1", "11.2.0", true},
      {"<=1.2", "1.2.9", true},
      {"<1.2", "1.2.0", false},
      {"!=1.2", "1.2.3", false},
      {"!=1.x", "1.2.3", false},
      {"!=*", "0.0.0", false},
      {"~0", "0.9.0", true},
      {"^0", "0.9.0", true},
      {"^*", "1.0.0", false},  // odd, but so it is
      // several
      {">=1.2, <2", "1.5.0", true},
      {">=1.2 <2", "2.0.0", false},
      {"~1.2 || ^3", "3.4.5", true},
      {"1.2 - 1.4", "1.4.9", true},
      {"1.2 - 1.4.5", "1.4.6", false},
      // pre-releases
      {">=1.0.0", "1.1.0-rc.1", false},
      {">=1.0.0-0", "1.1.0-rc.1", true},
      {">=1.0.0-0, <2", "2.0.0-rc.1", true},
      {">=1.0.0-0 || >=1", "1.1.0-a", true},
      {"~1.2.0-alpha.9", "1.2.0-alpha.10", true},
      {"1.2.3-99999999999999999999", "1.2.3-99999999999999999999", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.constraint);
    CAPTURE(c.version);
    CHECK(Constraint::parse(c.constraint).check(semver::parse(c.version)) == c.holds);
  }
}

TEST_CASE("a text that is no constraint is told in the library's words") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"", "improper constraint: "},
      {"main", "improper constraint: main"},
      {">=1.0,", "improper constraint: >=1.0,"},
      {"1.2.3.4", "improper constraint: 1.2.3.4"},
      {"1.0 || beta", "improper constraint:  beta"},
      {"1.0 - 2.0 -", "improper constraint: >= 1.0, <= 2.0 -"},
      {"1x", "constraint parser error"},
      {"1.2.3-01", "constraint parser error"},
      {"1x || beta", "constraint parser error"},  // the first group's fault comes first
      {"1x beta", "improper constraint: 1x beta"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK_THROWS_WITH_AS(Constraint::parse(c.text), c.message, Error);
    CHECK_FALSE(Constraint::try_parse(c.text));
  }
  CHECK_THROWS_AS(Constraint::parse(std::string(20'000, '1')), Error);
}
