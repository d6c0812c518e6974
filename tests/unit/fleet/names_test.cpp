#include "fleet/names.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

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
