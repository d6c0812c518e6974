#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace celldrift;

namespace {

std::string round_trip(std::string_view text) { return yaml::emit_json(yaml::parse_json(text).value); }

}  // namespace

TEST_CASE("JSON is written as it was read, without blanks") {
  for (const char* text : {"null", "true", "0", "-1", "9223372036854775807", "-9223372036854775808",
                           "1.5", "1.0", "1e+21", "1e-07", "\"\"", "\"é\\n\\\"\\\\\\u0001\"", "[]", "{}",
                           R"({"b":1,"a":[1,2.5,{"x":null}]})", "\"</script>\""}) {
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
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "1 2", "{} {}", "nul", "'a'", "{a:1}", "01", "+1",
                           ".5", "1.", "NaN", "\"\\x\"", "\"\xFF\"", "[1", "\"a", "// c\n1", "1e999"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(yaml::parse_json(text), Error);
  }
  CHECK(yaml::parse_json(" \n1\t").value.as_int() == 1);
}

TEST_CASE("of duplicate keys the last wins and a warning says so") {
  const yaml::Document document = yaml::parse_json(R"({"a":1,"b":2,"a":3})");
  CHECK(yaml::emit_json(document.value) == R"({"a":3,"b":2})");
  REQUIRE(document.warnings.size() == 1);
  CHECK(document.warnings[0].message == "key \"a\" is written twice: the last one counts");
}

TEST_CASE("values of JSON have lines only when they have a source") {
  const yaml::Options options{.source = intern_source({.path = "a.json", .blob = {}, .commit = {}})};
  const Value value = yaml::parse_json("{\n \"a\": 1,\n \"b\": [\n  2\n ]\n}", options).value;
  CHECK(value.find("a")->mark().line == 2);
  CHECK(value.find("b")->items()[0].mark().line == 4);
  CHECK_FALSE(yaml::parse_json("{\"a\":1}").value.find("a")->mark().known());
}

TEST_CASE("an error in JSON names its place and not its text") {
  const yaml::Options options{.source = intern_source({.path = "a.json", .blob = {}, .commit = {}})};
  try {
    yaml::parse_json("{\n\"password\": \"hunter2\" x", options);
    FAIL("was read");
  } catch (const Error& error) {
    const std::string text = error.what();
    CHECK(text.starts_with("a.json:2:"));
    CHECK(text.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("canonical JSON has sorted keys, so equal values give equal bytes") {
  const Value a = yaml::parse_json(R"({"b":{"y":1,"x":2},"a":[3,1]})").value;
  const Value b = yaml::parse_json(R"({ "a": [3, 1], "b": {"x": 2, "y": 1} })").value;
  CHECK(a == b);
  CHECK(yaml::canonical_json(a) == R"({"a":[3,1],"b":{"x":2,"y":1}})");
  CHECK(yaml::canonical_json(a) == yaml::canonical_json(b));
}

TEST_CASE("indented JSON puts each item on a line of its own") {
  CHECK(yaml::emit_json(yaml::parse_json(R"({"a":[1,{}],"b":[]})").value, 2) ==
        "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST_CASE("what JSON cannot say is not written") {
  CHECK_THROWS_AS(yaml::emit_json(Value::real(NAN)), Error);
  CHECK_THROWS_AS(yaml::emit_json(Value::real(INFINITY)), Error);
}
