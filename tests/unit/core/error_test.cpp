#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("an error says where, what it was about, and what is wrong") {
  const SourceId source = intern_source({.path = "apps/a.yaml"});
  Error error(ErrorCode::parse, "expected a map", {.source = source, .line = 3, .column = 7});
  error.add_context("reading the list").add_context("cell-a");
  CHECK(std::string(error.what()) == "apps/a.yaml:3:7: cell-a: reading the list: expected a map");
  CHECK(error.message() == "expected a map");
}

TEST_CASE("a problem has the place apart from the message") {
  const SourceId source = intern_source({.path = "apps/a.yaml"});
  Error error(
      ErrorCode::parse, "expected a map: got a list", {.source = source, .line = 3, .column = 7});
  error.add_context("doing");
  const Problem problem = problem_of(error, Stage::render, "cell-a", "app");
  CHECK(problem.source == "apps/a.yaml:3");
  CHECK(problem.message == "doing: expected a map: got a list");
  CHECK(problem.cell == "cell-a");
  CHECK(problem.unknown == LeavesUnknown::yes);
}

TEST_CASE("a place is only given to an error that has none") {
  Error error(ErrorCode::parse, "x", {.line = 3});
  error.at({.line = 9});
  CHECK(error.mark().line == 3);
}

TEST_CASE("what could move a cursor, recolour or reorder text is escaped") {
  struct Case {
    const char* name;
    std::string_view text;
    const char* printable;
  };
  const Case cases[] = {
      {"plain", "cell-a: ok\tthere", "cell-a: ok\tthere"},
      {"an escape sequence", "\x1b[31mred", "\\x1b[31mred"},
      {"a newline", "a\nb", "a\\nb"},
      {"a carriage return", "a\rb", "a\\x0db"},
      {"a NUL", std::string_view("a\0b", 3), "a\\x00b"},
      {"DEL", "\x7f", "\\x7f"},
      {"a C1 control",
       "\xc2\x9b"
       "31m",
       "\\x9b31m"},
      {"right to left override",
       "\xe2\x80\xae"
       "abc",
       "\\u202eabc"},
      {"an isolate", "\xe2\x81\xa6", "\\u2066"},
      {"a line separator", "\xe2\x80\xa8", "\\u2028"},
      {"letters of any script", "größe 東京", "größe 東京"},
      {"an emoji", "\xf0\x9f\x9a\x80", "\xf0\x9f\x9a\x80"},
      {"invalid UTF-8",
       "a\xff"
       "b",
       "a\\xffb"},
      {"a cut sequence", "a\xe2\x80", "a\\xe2\\x80"},
      {"an overlong form", "\xc0\xaf", "\\xc0\\xaf"},
      {"a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      CHECK(printable(c.text) == c.printable);
    }
  }
}

TEST_CASE("errors are printable whatever is in them") {
  CHECK(std::string(Error(ErrorCode::parse, "bad \x1b[2J").what()) == "bad \\x1b[2J");
}
