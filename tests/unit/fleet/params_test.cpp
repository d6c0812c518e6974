#include "fleet/params.hpp"

#include "fleet/names.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

TEST_CASE("numbers are printed as Go's %v prints a float64") {
  struct Case {
    double number;
    const char* text;
  };
  const Case cases[] = {{100000, "100000"},
                        {999999, "999999"},
                        {999999.5, "999999.5"},
                        {1000000, "1e+06"},
                        {1234567, "1.234567e+06"},
                        {1234567.5, "1.2345675e+06"},
                        {123456789012, "1.23456789012e+11"},
                        {0.0001, "0.0001"},
                        {0.00001, "1e-05"},
                        {2.5e-7, "2.5e-07"},
                        {1.5, "1.5"},
                        {0, "0"},
                        {-3, "-3"},
                        {1e100, "1e+100"}};
  for (const Case& one : cases) {
    CHECK(format_go(Value::real(one.number)) == one.text);
  }
  CHECK(format_go(Value::integer(1000000)) == "1e+06");
}

TEST_CASE("maps, lists and null are printed as Go prints them") {
  CHECK(format_go(yaml("{b: [1, two, null], a: {x: true}}")) ==
        "map[a:map[x:true] b:[1 two <nil>]]");
}

TEST_CASE("selectors see nested parameters by dotted keys") {
  Params params;
  params.values = yaml("{a: {b: [1, {c: x}]}, e: {}, m: null, l: [x, z]}");
  params.leaves = {"l"};
  CHECK(flattened(params) ==
        FlatParams{{"a.b.0", "1"}, {"a.b.1.c", "x"}, {"l", "[x z]"}, {"m", "<nil>"}});
}

TEST_CASE("names are made fit as Argo CD does") {
  CHECK(normalized_name("Cell_A") == "cell-a");
  CHECK(normalized_name("-.x.-") == "x");
  CHECK(normalized_name("\u00e9\u212a") == "k");
  CHECK(normalized_name("a\xff\xfe"
                        "b") == "a--b");
  CHECK(normalized_name(std::string(300, 'a')).size() == 253);
  CHECK(normalized_name("").empty());
}

TEST_CASE("names and labels are checked as the API server does") {
  CHECK(is_subdomain("a.b-c.0"));
  for (const char* bad : {"", "A", "-a", "a-", "a..b", ".a", "a_b", "a b", "a\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_subdomain(bad));
  }
  CHECK(is_label_key("example.com/Team_a.b"));
  for (const char* bad : {"", "/a", "a/", "a/b/c", "-a", "Example.com/a"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_label_key(bad));
  }
  CHECK(is_label_value(""));
  CHECK_FALSE(is_label_value(std::string(64, 'a')));
}

}  // namespace
}  // namespace celldrift::fleet::test
