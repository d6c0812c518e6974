#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("a scalar keeps the text it was written as where its content does not tell") {
  struct Case {
    const char* text;
    const char* source;  // "": none
    Quoting quoting;
  };
  const Case cases[] = {
      {"12", "", Quoting::plain},
      {"0x10", "0x10", Quoting::plain},
      {"1_000", "1_000", Quoting::plain},
      {"+1", "+1", Quoting::plain},
      {"1.50", "1.50", Quoting::plain},
      {"1.5", "", Quoting::plain},
      {"yes", "yes", Quoting::plain},
      {"true", "", Quoting::plain},
      {"True", "True", Quoting::plain},
      {"null", "", Quoting::plain},
      {"~", "~", Quoting::plain},
      {"abc", "", Quoting::plain},
      {"'1'", "", Quoting::single_quoted},
      {"\"1\"", "", Quoting::double_quoted},
      {"|-\n  a", "", Quoting::block},
      {">\n  a", "", Quoting::block},
      {"!!int '7'", "", Quoting::single_quoted},
  };
  for (const Case& example : cases) {
    CAPTURE(example.text);
    const yaml::Document document = yaml::parse("v: " + std::string(example.text) + "\n");
    const Value& value = *document.value.find("v");
    CHECK(value.source_text().value_or("") == example.source);
    CHECK(value.quoting() == example.quoting);
  }
}

TEST_CASE("how a scalar was written does not count in equality") {
  CHECK(yaml::parse("v: 0x10").value == yaml::parse("v: 16").value);
  CHECK(yaml::parse("v: 'a'").value == yaml::parse("v: a").value);
  CHECK(yaml::parse("v: yes").value == yaml::parse("v: true").value);
  CHECK_FALSE(yaml::parse("v: '1'").value == yaml::parse("v: 1").value);
}

TEST_CASE("whole numbers are integers however they are written, as after JSON") {
  CHECK(yaml::parse("1.0").value.is_int());
  CHECK(yaml::parse("1e3").value.as_int() == 1000);
  CHECK(yaml::parse("1e21").value.is_real());
  CHECK(yaml::parse("9223372036854775808").value.is_real());
}
