#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace celldrift;

namespace {

std::string written(const compare::Difference& difference) {
  std::string text =
      std::string(compare::describe(difference.change)) + " " + difference.path.text();
  return difference.owner ? text + " by " + difference.owner->manager : text;
}

std::vector<std::string> differences(const Value& test) {
  std::vector<std::string> texts;
  const auto found =
      compare::diff(*test.find("desired"), *test.find("live"), test.string_at({"application"}));
  std::ranges::transform(found, std::back_inserter(texts), written);
  std::ranges::sort(texts);
  return texts;
}

std::vector<std::string> expected(const Value& test) {
  std::vector<std::string> texts;
  for (const Value& line : test.find("expect")->items()) {
    texts.emplace_back(line.as_string());
  }
  std::ranges::sort(texts);
  return texts;
}

std::vector<Value> cases() {
  return yaml::parse_stream(read_file(CELLDRIFT_TESTDATA "/compare/cases.yaml")).documents;
}

}  // namespace

TEST_CASE("differences are exactly those that a case expects") {
  for (const Value& test : cases()) {
    const std::string name(test.string_at({"name"}));
    SUBCASE(name.c_str()) {
      CHECK(join(differences(test), "\n") == join(expected(test), "\n"));
    }
  }
}

TEST_CASE("an object does not differ from itself") {
  for (const Value& test : cases()) {
    const Value& desired = *test.find("desired");
    CHECK(compare::diff(desired, desired).empty());
  }
}

TEST_CASE("a difference carries the line of Git, the values and the place in live") {
  const SourceId source = intern_source({.path = "apps/a.yaml"});
  const Value desired =
      yaml::parse("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: want\n",
                  {.source = source})
          .value;
  const Value live =
      yaml::parse("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: have}}").value;
  const auto found = compare::diff(desired, live);
  REQUIRE(found.size() == 1);
  CHECK(describe(found[0].mark) == "apps/a.yaml:5");
  CHECK(found[0].want->as_string() == "want");
  CHECK(found[0].have->as_string() == "have");
  CHECK(found[0].path.pointer() == "/data/k");
}
