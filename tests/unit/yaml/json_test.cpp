#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace celldrift;

namespace {

std::string round_trip(std::string_view text) {
  return yaml::emit_json(yaml::parse_json(text).value);
}

yaml::Options named() {
  return {.source = intern_source({.path = "a.json", .blob = {}, .commit = {}})};
}

}  // namespace

TEST_CASE("JSON is written as it was read, without blanks") {
  for (const char* text : {"null",
                           "true",
                           "0",
                           "-1",
                           "9223372036854775807",
                           "-9223372036854775808",
                           "1.5",
                           "1.0",
                           "1e+21",
                           "1e-07",
                           "\"\"",
                           "\"é\\n\\\"\\\\\\u0001\"",
                           "[]",
                           "{}",
                           R"({"b":1,"a":[1,2.5,{"x":null}]})",
                           "\"</script>\""}) {
    CHECK(round_trip(text) == text);
  }
}

TEST_CASE("integers past 64 bits become reals, as in Go") {
  CHECK(yaml::parse_json("9223372036854775808").value.is_real());
  CHECK(yaml::parse_json("18446744073709551616").value.is_real());
  CHECK(yaml::parse_json("-9223372036854775809").value.is_real());
  CHECK(yaml::parse_json("-0").value.is_int());
  CHECK(yaml::parse_json("1e2").value.is_real());
}

TEST_CASE("what is not exactly one JSON value is refused") {
  for (const char* text :
       {"",    " ",       "{",        "[1,]", "{\"a\":1,}", "1 2",     "{} {}",
        "nul", "'a'",     "{a:1}",    "01",   "+1",         ".5",      "1.",
        "NaN", "\"\\x\"", "\"\xFF\"", "[1",   "\"a",        "// c\n1", "1e999"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(yaml::parse_json(text), Error);
  }
  CHECK(yaml::parse_json(" \n1\t").value.as_int() == 1);
}

TEST_CASE("of duplicate keys the last wins and a warning names both lines") {
  const yaml::Document document = yaml::parse_json("{\"a\":1,\n\"b\":2,\n\"a\":3}", named());
  CHECK(yaml::emit_json(document.value) == R"({"a":3,"b":2})");
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].message ==
        "key \"a\" is written twice (line 1 and line 3): the last one counts");
}

TEST_CASE("values of JSON have lines only when they have a source") {
  const std::string text = "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ],\n  \"c\": \"x\"\n}\n";
  const Value value = yaml::parse_json(text, named()).value;
  CHECK(value.find("a")->mark().line == 2);
  CHECK(value.find("b")->mark().line == 3);
  CHECK(value.find("b")->items()[0].mark().line == 4);
  CHECK(value.find("c")->mark().line == 6);
  CHECK_FALSE(yaml::parse_json(text).value.find("c")->mark().known());
}

TEST_CASE("broken JSON is placed and not quoted, as it may hold a secret") {
  for (const char* text : {"{\"password\": \"hunter2",
                           "{\"password\": hunter2}",
                           "[hunter2]",
                           "{\"a\": 1} hunter2",
                           "{\"password\": \"hunter2\" x",
                           ""}) {
    CAPTURE(text);
    try {
      yaml::parse_json(text, named());
      FAIL("was read");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::parse);
      CHECK(std::string(error.what()).find("hunter2") == std::string::npos);
      CHECK(std::string(error.what()).starts_with("a.json:1:"));
    }
  }
}

TEST_CASE("indented JSON puts each item on a line of its own") {
  CHECK(yaml::emit_json(yaml::parse_json(R"({"a":[1,{}],"b":[]})").value, 2) ==
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST_CASE("what JSON cannot say is not written") {
  CHECK_THROWS_AS(yaml::emit_json(Value::real(NAN)), Error);
  CHECK_THROWS_AS(yaml::emit_json(Value::real(INFINITY)), Error);
}
