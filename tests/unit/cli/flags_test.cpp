#include "cli/flags.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace celldrift::cli;

namespace {

Options finished(const RawFlags& raw) {
  Options options;
  finish_flags(raw, {"text", "json"}, options);
  return options;
}

}  // namespace

TEST_CASE("the first format goes to standard output when none is asked for") {
  const Options options = finished({});
  REQUIRE(options.outputs.size() == 1);
  CHECK(options.outputs[0].format == "text");
  CHECK(options.outputs[0].path.empty());
}

TEST_CASE("formats can go to several places") {
  const Options options = finished({.outputs = {"text", "json=a=b.json", "json=-"}});
  REQUIRE(options.outputs.size() == 3);
  CHECK(options.outputs[1].path == "a=b.json");
  CHECK(options.outputs[2].path.empty());
}

TEST_CASE("lengths of time have a unit") {
  using std::chrono::milliseconds;
  CHECK(finished({.timeout = "1500ms"}).timeout == milliseconds(1500));
  CHECK(finished({.timeout = "30s"}).timeout == milliseconds(30'000));
  CHECK(finished({.timeout = "2m"}).timeout == milliseconds(120'000));
}

TEST_CASE("--map splits at the last =, for URLs may have one") {
  const Options options = finished({.map = {"https://h/x?a=b=/srv/x"}});
  CHECK(options.repo.map.at("https://h/x?a=b") == "/srv/x");
}

TEST_CASE("a wrong value is named with what is allowed") {
  struct Case {
    const char* name;
    RawFlags raw;
    const char* message;
  };
  const Case cases[] = {
      {"format", {.outputs = {"xml"}}, "-o xml: must be one of text, json"},
      {"format without a path", {.outputs = {"json="}}, "-o json=: a path must follow"},
      {"colour", {.colour = "blue"}, "--color blue: must be auto, always or never"},
      {"no unit", {.timeout = "30"}, "--timeout 30: give a length of time"},
      {"nothing", {.timeout = ""}, "--timeout : give a length of time"},
      {"negative", {.timeout = "-3s"}, "--timeout -3s: give a length of time"},
      {"too long", {.timeout = "99999999999999999999s"}, "give a length of time"},
      {"mapping", {.map = {"nowhere"}}, "--map nowhere: must be URL=PATH"},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      CHECK_THROWS_WITH_AS(finished(c.raw), doctest::Contains(c.message), Error);
    }
  }
}

TEST_CASE("--fail-on is warning unless it says otherwise, and never is no severity") {
  CHECK(fail_on_severity("") == audit::Severity::warning);
  CHECK(fail_on_severity("note") == audit::Severity::note);
  CHECK(fail_on_severity("error") == audit::Severity::error);
  CHECK_FALSE(fail_on_severity("never"));
  CHECK_THROWS_WITH_AS(
      fail_on_severity("fatal"), doctest::Contains("--fail-on fatal: must be note"), Error);
}
