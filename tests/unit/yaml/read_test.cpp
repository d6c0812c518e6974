// Places, limits and JSON. What the values are is the oracle's to say: see oracle_test.cpp.

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace celldrift;

namespace {

std::string place(const Value* value) {
  return value == nullptr
             ? "nothing"
             : std::to_string(value->mark().line) + ":" + std::to_string(value->mark().column);
}

yaml::Options named() {
  return {.source = intern_source({.path = "a.yaml"})};
}

std::string repeated(std::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

}  // namespace

TEST_CASE("every node knows its line, lists and maps that of their key") {
  const Value value =
      yaml::parse("# comment\na: 1\nmap:\n  b: two\nlist:\n- x\n- k: z\nflow: {c: [d]}\n", named())
          .value;
  CHECK(place(value.find("a")) == "2:4");
  CHECK(place(value.find("map")) == "3:1");
  CHECK(place(value.find({"map", "b"})) == "4:6");
  CHECK(place(value.find("list")) == "5:1");
  CHECK(place(&value.find("list")->items()[0]) == "6:3");
  CHECK(place(value.find("list")->items()[1].find("k")) == "7:6");
  CHECK(place(value.find({"flow", "c"})) == "8:8");
  CHECK(describe(value.find("a")->mark()) == "a.yaml:2");
}

TEST_CASE("lines are right after CRLF, a byte-order mark, and in the pieces of a stream") {
  CHECK(place(yaml::parse("a: 1\r\nb: 2\r\n", named()).value.find("b")) == "2:4");
  const std::string stream =
      "\xef\xbb\xbf"
      "a: 1\n---\nb: 2\n--- # three\nc: 3\n";
  const auto documents = yaml::parse_stream(stream, named()).documents;
  REQUIRE(documents.size() == 3);
  CHECK(documents[1].find("b")->mark().line == 3);
  CHECK(documents[2].find("c")->mark().line == 5);
}

TEST_CASE("JSON knows its lines where they are asked for") {
  const std::string text = "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ],\n  \"c\": \"x\"\n}\n";
  const Value value = yaml::parse_json(text, named()).value;
  CHECK(value.find("a")->mark().line == 2);
  CHECK(value.find("b")->mark().line == 3);
  CHECK(value.find("b")->items()[0].mark().line == 4);
  CHECK(value.find("c")->mark().line == 6);
  CHECK(yaml::parse_json(text).value.find("c")->mark().line == 0);
}

TEST_CASE("keys written twice are told with both lines") {
  const auto yaml = yaml::parse("a: 1\nb: 2\na: 3\n", named());
  REQUIRE(yaml.warnings.size() == 1);
  CHECK(yaml.warnings[0].message ==
        "key \"a\" is written twice (line 1 and line 3): the last one counts");
  CHECK(yaml.value.find("a")->as_int() == 3);
  const auto json = yaml::parse_json("{\"a\": 1,\n\"a\": 2}", named());
  REQUIRE(json.warnings.size() == 1);
  CHECK(json.warnings[0].message ==
        "key \"a\" is written twice (line 1 and line 2): the last one counts");
}

TEST_CASE("broken JSON is placed and not quoted") {
  for (const char* text : {"{\"password\": \"hunter2",
                           "{\"password\": hunter2}",
                           "[hunter2]",
                           "{\"a\": 1} hunter2",
                           ""}) {
    CAPTURE(text);
    try {
      yaml::parse_json(text, named());
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::parse);
      CHECK(std::string(error.what()).find("hunter2") == std::string::npos);
      CHECK(std::string(error.what()).starts_with("a.yaml:1:"));
    }
  }
}

TEST_CASE("integers stay integers, and larger ones become reals, as in Go") {
  CHECK(yaml::parse_json("9223372036854775807").value == Value::integer(INT64_MAX));
  CHECK(yaml::parse_json("9223372036854775808").value == Value::real(9223372036854775808.0));
  CHECK(yaml::parse_json("-9223372036854775808").value == Value::integer(INT64_MIN));
  CHECK(yaml::parse_json("1.0").value == Value::real(1.0));
  CHECK(yaml::parse_json("1e2").value == Value::real(100.0));
}

TEST_CASE("hostile texts are refused, and soon") {
  struct Case {
    const char* name;
    std::string text;
  };
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" +
            repeated(before + ",", 9) + before + "]\n";
  }
  const Case cases[] = {
      {"deep flow lists", repeated("[", 10'000) + repeated("]", 10'000)},
      {"deep flow maps", repeated("{a: ", 10'000) + repeated("}", 10'000)},
      {"deep block lists", repeated("- ", 10'000) + "a"},
      {"deep explicit keys", repeated("? ", 10'000) + "a"},
      {"unclosed", repeated("[", 100'000)},
      {"an alias bomb", bomb},
      {"an alias of itself", "a: &a [*a]\n"},
      {"an alias of nothing", "a: *b\n"},
      {"a long scalar", "a: " + std::string(17u << 20, 'x')},
      {"control characters", "a: \x01\n"},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      const auto start = std::chrono::steady_clock::now();
      CHECK_THROWS_AS(yaml::parse(c.text), Error);
      CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    }
  }
}

TEST_CASE("a line may be long") {
  std::string text = "list: [";
  for (int i = 0; i < 20'000; ++i) {
    text += "{name: n" + std::to_string(i) + "}, ";
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(yaml::parse(text + "]\n").value.find("list")->size() == 20'000);
  CHECK(std::chrono::steady_clock::now() - start <
        std::chrono::seconds(30));  // a second, without sanitizers
}

TEST_CASE("deep JSON is refused") {
  CHECK_THROWS_AS(yaml::parse_json(repeated("[", 100'000)), Error);
  CHECK_THROWS_AS(yaml::parse_json(repeated("{\"a\":", 100'000)), Error);
}
