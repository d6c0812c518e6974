// What is written reads back as it was, in YAML and JSON.

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace celldrift;

namespace {

constexpr std::string_view texts[] = {
    "",
    "a",
    "a b",
    " a",
    "a ",
    "yes",
    "no",
    "on",
    "y",
    "N",
    "null",
    "~",
    "true",
    "1",
    "1.5",
    "0x1f",
    "1_000",
    "010",
    "1e3",
    ".5",
    ".inf",
    ".NaN",
    "12:30",
    "-",
    "- a",
    "?",
    "? a",
    ":",
    "a: b",
    "a #b",
    "#a",
    "%a",
    "@a",
    "`a",
    "!a",
    "&a",
    "*a",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "{a}",
    "[a]",
    "<<",
    "=",
    "---",
    "...",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    "\na",
    " a\nb",
    "\t",
    "a\tb",
    "\n",
    "\r\n",
    "a\rb",
    "\x01",
    "\x7f",
    "\xc2\x85",
    "größe",
    "\xe2\x80\xa8",
    "\xef\xbb\xbf"
    "a",
    "a,b",
    "2026-01-01",
    "+1",
};

Value random_value(std::mt19937& random, int depth) {
  const auto pick = [&](std::size_t n) { return std::size_t(random() % n); };
  switch (depth == 0 ? pick(6) : pick(8)) {
    case 0:
      return Value::null();
    case 1:
      return Value::boolean(pick(2) == 1);
    case 2:
      return Value::integer(std::int64_t(random()) - (1ll << 31));
    case 3:
      // Never whole: to sigs.k8s.io/yaml, 3.0 is the integer 3.
      return Value::real(double(std::int64_t(random()) * 2 + 1) / 1024.0);
    case 4:
    case 5:
      return Value::string(texts[pick(std::size(texts))]);
    case 6: {
      Value::List items;
      for (std::size_t i = pick(4); i > 0; --i) {
        items.push_back(random_value(random, depth - 1));
      }
      return Value::list(std::move(items));
    }
    default: {
      Value result = Value::map({});
      for (std::size_t i = pick(4); i > 0; --i) {
        result = result.with(texts[pick(std::size(texts))], random_value(random, depth - 1));
      }
      return result;
    }
  }
}

}  // namespace

TEST_CASE("YAML that is emitted reads back as the same value") {
  std::mt19937 random(11);
  for (int i = 0; i < 3000; ++i) {
    const Value value = random_value(random, 4);
    const std::string text = yaml::emit(value);
    CAPTURE(text);
    REQUIRE(yaml::parse(text).value == value);
    REQUIRE(text.ends_with('\n'));
  }
}

TEST_CASE("every odd text survives as a value and as a key") {
  for (const std::string_view text : texts) {
    const Value value = Value::map({{text, Value::list({Value::string(text)})}});
    CAPTURE(yaml::emit(value));
    CHECK(yaml::parse(yaml::emit(value)).value == value);
  }
}

TEST_CASE("a stream that is emitted reads back as the same documents") {
  const Value documents[] = {Value::map({{"a", Value::integer(1)}}),
                             Value::list({Value::string("---")}),
                             Value::map({{"text", Value::string("a\n---\nb\n")}})};
  const auto read = yaml::parse_stream(yaml::emit_stream(documents)).documents;
  REQUIRE(read.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(read[i] == documents[i]);
  }
}

TEST_CASE("JSON that is emitted reads back as the same value, on one line or indented") {
  std::mt19937 random(12);
  for (int i = 0; i < 3000; ++i) {
    const Value value = random_value(random, 4);
    REQUIRE(yaml::parse_json(yaml::emit_json(value)).value == value);
    REQUIRE(yaml::parse_json(yaml::emit_json(value, 2)).value == value);
    REQUIRE(yaml::parse_json(yaml::canonical_json(value)).value == value);
  }
}

TEST_CASE("canonical JSON has sorted keys and no blanks") {
  const Value a = yaml::parse_json(R"({"b": [1, 2.0, "x"], "a": {"d": null, "c": true}})").value;
  const Value b = yaml::parse_json(R"({"a": {"c": true, "d": null}, "b": [1, 2.0, "x"]})").value;
  CHECK(yaml::canonical_json(a) == R"({"a":{"c":true,"d":null},"b":[1,2.0,"x"]})");
  CHECK(yaml::canonical_json(a) == yaml::canonical_json(b));
}
