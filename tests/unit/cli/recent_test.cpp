#include "cli/recent.hpp"

#include "celldrift/yaml/yaml.hpp"
#include "cli/likeness.hpp"

#include <doctest/doctest.h>

#include <string>

namespace celldrift::cli {
namespace {

Hash of(std::uint64_t number) {
  return Likeness(Question::placing).number(number).sum();
}

TEST_CASE("of two results for one likeness the first is kept") {
  Recent<int> recent(4);
  CHECK(recent.find(of(1)) == nullptr);
  CHECK(*recent.add(of(1), std::make_shared<const int>(1)) == 1);
  CHECK(*recent.add(of(1), std::make_shared<const int>(2)) == 1);
  CHECK(*recent.find(of(1)) == 1);
}

TEST_CASE("what nobody asked for lately is forgotten, and no more is kept than is allowed") {
  Recent<int> recent(4);
  for (int i = 0; i < 100; ++i) {
    recent.add(of(std::uint64_t(i)), std::make_shared<const int>(i));
    CHECK(recent.find(of(0)) != nullptr);
  }
  int kept = 0;
  for (int i = 0; i < 100; ++i) {
    kept += recent.find(of(std::uint64_t(i))) != nullptr ? 1 : 0;
  }
  CHECK(kept <= 4);
}

TEST_CASE("what lies in another place, line or order is not alike") {
  const auto content = [](const char* text) {
    return Likeness(Question::placing).content(yaml::parse(text).value).sum();
  };
  CHECK(content("{a: 1, b: 2}") == content("{a: 1, b: 2}"));
  CHECK(content("{a: 1, b: 2}") != content("{b: 2, a: 1}"));
  CHECK(content("{a: 1, b: 2}") != content("{a: 1,\nb: 2}"));
  CHECK(content("[1]") != content("[2]"));
  const Value value = yaml::parse("{a: 1}").value;
  const Value copy = value;
  CHECK(Likeness(Question::placing).node(value).sum() ==
        Likeness(Question::placing).node(copy).sum());
  CHECK(Likeness(Question::placing).node(value).sum() !=
        Likeness(Question::placing).node(yaml::parse("{a: 1}").value).sum());
  CHECK(Likeness(Question::placing).text("ab").text("c").sum() !=
        Likeness(Question::placing).text("a").text("bc").sum());
}

}  // namespace
}  // namespace celldrift::cli
