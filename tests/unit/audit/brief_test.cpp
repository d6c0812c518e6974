#include "celldrift/audit/brief.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

TEST_CASE("a value on one line tells its type and hides nothing but length") {
  struct Case {
    std::string_view yaml;
    std::string_view expected;
  };
  const Case cases[] = {
      {"3", "3"},
      {"\"3\"", "\"3\""},
      {"1.5", "1.5"},
      {"true", "true"},
      {"\"true\"", "\"true\""},
      {"null", "null"},
      {"\"null\"", "\"null\""},
      {"\"\"", "\"\""},
      {"plain words", "plain words"},
      {"\" padded \"", "\" padded \""},
      {"\"two\\nlines\"", "\"two\\nlines\""},
      {"\"tab\\there\"", "\"tab\\there\""},
      {"\"esc\\e[31m\"", "\"esc\\x1b[31m\""},
      {"[1, two, {a: b}]", "[1, two, {a: b}]"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"{a: [], b: \"1\"}", "{a: [], b: \"1\"}"},
      {"hmac-sha256:00112233445566778899aabbccddeeff", "(secret value)"},
      {"[hmac-sha256:00112233445566778899aabbccddeeff]", "[(secret value)]"},
      {"hmac-sha256:short", "hmac-sha256:short"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.yaml);
    CHECK(brief(yaml::parse(test.yaml).value) == test.expected);
  }
}

TEST_CASE("long values are cut to whole characters") {
  CHECK(brief(Value::string("abcdef"), 6) == "abcdef");
  CHECK(brief(Value::string("abcdefg"), 6) == "abcde…");
  CHECK(brief(Value::string("äöüäöüä"), 6) == "äöüäö…");
  CHECK(cut("", 3).empty());
}

TEST_CASE("bytes that are not UTF-8 do not get out") {
  CHECK(brief(Value::string("a\xff"
                            "b")) == "a\\xffb");
}

TEST_CASE("a large value costs no more than is shown") {
  Value::List items(1'000'000, Value::string(std::string(1000, 'x')));
  CHECK(brief(Value::list(std::move(items)), 10) == "[xxxxxxxx…");
}

}  // namespace
}  // namespace celldrift::audit
