// Reports as people and programs get them, recorded. CELLDRIFT_UPDATE_GOLDENS=1 rewrites the files.
#include "celldrift/report/report.hpp"
#include "unit/report/fixture.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

namespace celldrift {
namespace {

void check_golden(const std::string& path, const std::string& text) {
  if (std::getenv("CELLDRIFT_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  REQUIRE_MESSAGE(std::filesystem::exists(path),
                  path << " is missing: run with CELLDRIFT_UPDATE_GOLDENS=1");
  CHECK_MESSAGE(read_file(path) == text, "differs from " << path << ", is now:\n" << text);
}

const std::string cases[] = {"clean",
                             "drifted",
                             "incomplete",
                             "drifted-and-incomplete",
                             "fifty-cells",
                             "hostile-names",
                             "config-lines",
                             "secrets",
                             "declared-skew",
                             "snapshots",
                             "one-script",
                             "lost",
                             "by-right",
                             "evidence",
                             "odd-texts",
                             "matrix"};

TEST_CASE("the text report is the recorded one at each width") {
  for (const std::string& name : cases) {
    for (const std::size_t width : {80, 100, 200}) {
      SUBCASE((name + " " + std::to_string(width)).c_str()) {
        const fixture::Fixture fixture = fixture::load(name);
        check_golden(
            fixture::folder(name) + "/text-" + std::to_string(width) + ".txt",
            report::text(audit::judge(fixture.input), {.width = width, .now = fixture.now}));
      }
    }
  }
}

TEST_CASE("the coloured report is the recorded one") {
  const fixture::Fixture fixture = fixture::load("drifted");
  check_golden(fixture::folder("drifted") + "/colour.txt",
               report::text(audit::judge(fixture.input),
                            {.colour = report::Colour::yes, .now = fixture.now}));
}

TEST_CASE("the full report, and the unified one, is the recorded one") {
  for (const std::string& name : cases) {
    SUBCASE(name.c_str()) {
      const fixture::Fixture fixture = fixture::load(name);
      const audit::Report report = audit::judge(fixture.input);
      check_golden(
          fixture::folder(name) + "/full.txt",
          report::text(report,
                       {.width = 80, .now = fixture.now, .full = true, .show_ignored = true}));
      check_golden(fixture::folder(name) + "/unified.diff",
                   report::unified(report, {.now = fixture.now}));
    }
  }
}

TEST_CASE("the order of Applications, cells, objects and differences does not matter") {
  for (const std::string& name : cases) {
    const fixture::Fixture fixture = fixture::load(name);
    const audit::Report expected = audit::judge(fixture.input);
    std::mt19937 random(11);
    for (int i = 0; i < 3; ++i) {
      const audit::Report report = audit::judge(fixture::shuffled(fixture.input, random));
      CAPTURE(name);
      CHECK(report::json(report) == report::json(expected));
      CHECK(report::text(report, {}) == report::text(expected, {}));
      CHECK(report::unified(report, {}) == report::unified(expected, {}));
    }
  }
}

TEST_CASE("the quiet report is the recorded line") {
  for (const std::string& name : cases) {
    SUBCASE(name.c_str()) {
      const fixture::Fixture fixture = fixture::load(name);
      check_golden(fixture::folder(name) + "/quiet.txt",
                   report::text(audit::judge(fixture.input), {.quiet = true}));
    }
  }
}

TEST_CASE("the JSON report is the recorded one") {
  for (const std::string& name : cases) {
    SUBCASE(name.c_str()) {
      check_golden(fixture::folder(name) + "/report.json",
                   report::json(audit::judge(fixture::load(name).input)));
    }
  }
}

TEST_CASE("the matrix of versions is the recorded one") {
  for (const std::string name : {"matrix", "fifty-cells", "drifted", "hostile-names"}) {
    SUBCASE(name.c_str()) {
      const fixture::Fixture fixture = fixture::load(name);
      const audit::Report report = audit::judge(fixture.input);
      for (const std::size_t width : {80, 200}) {
        check_golden(fixture::folder(name) + "/skew-" + std::to_string(width) + ".txt",
                     report::skew_text(report, {}, {.width = width, .now = fixture.now}));
      }
      check_golden(fixture::folder(name) + "/skew-all.txt",
                   report::skew_text(report, {.all = true}, {.width = 80, .now = fixture.now}));
    }
  }
  const audit::Report report = audit::judge(fixture::load("drifted").input);
  check_golden(fixture::folder("drifted") + "/skew.json", report::skew_json(report, {.all = true}));
}

TEST_CASE("the page on skew shows what is recorded") {
  const std::string page = read_file(std::string(CELLDRIFT_TESTDATA) + "/../docs/skew.md");
  CHECK(page.find(read_file(fixture::folder("matrix") + "/skew-80.txt")) != page.npos);
}

}  // namespace
}  // namespace celldrift
