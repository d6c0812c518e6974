#include "celldrift/core/builder.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("events become a value, with marks") {
  Builder builder(Budget{});
  builder.start_map({.line = 1});
  builder.key("a", {.line = 1});
  builder.start_list({.line = 2});
  builder.add(Value::integer(1).with_mark({.line = 2}));
  builder.end_list();
  builder.end_map();
  REQUIRE(builder.complete());
  const Value value = builder.take();
  CHECK(value == Value::map({{"a", Value::list({Value::integer(1)})}}));
  CHECK(value.find("a")->mark().line == 1);  // the line of its key
  CHECK(value.find("a")->items()[0].mark().line == 2);
}

TEST_CASE("of keys written twice the last wins, and both places are told") {
  std::vector<std::string> told;
  Builder builder(Budget{}, [&](std::string_view key, const Mark& first, const Mark& again) {
    told.push_back(std::string(key) + " " + std::to_string(first.line) + " " +
                   std::to_string(again.line));
  });
  builder.start_map({});
  for (int i = 1; i <= 3; ++i) {
    builder.key("a", {.line = std::uint32_t(i)});
    builder.add(Value::integer(i));
    builder.key("b" + std::to_string(i), {});
    builder.add(Value::null());
  }
  builder.end_map();
  const Value value = builder.take();
  CHECK(value.find("a")->as_int() == 3);
  CHECK(value.size() == 4);
  CHECK(told == std::vector<std::string>{"a 1 2", "a 2 3"});
}

TEST_CASE("budgets are kept") {
  SUBCASE("depth") {
    Builder builder(Budget{.depth = 3});
    builder.start_list({});
    builder.start_list({});
    builder.start_list({});
    CHECK_THROWS_WITH_AS(builder.start_list({}), doctest::Contains("deeper than 3"), Error);
  }
  SUBCASE("values") {
    Builder builder(Budget{.nodes = 2});
    builder.start_list({});
    builder.add(Value::null());
    builder.add(Value::null());
    CHECK_THROWS_WITH_AS(
        builder.add(Value::null()), doctest::Contains("more than 2 values"), Error);
  }
  SUBCASE("values of a tree that is used again count each time") {
    Builder builder(Budget{.nodes = 10});
    const Value tree = Value::list({Value::null(), Value::null(), Value::null()});
    builder.start_list({});
    builder.add(tree);
    builder.add(tree);
    CHECK_THROWS_AS(builder.add(tree), Error);
  }
  SUBCASE("strings") {
    Builder builder(Budget{.scalar_bytes = 3});
    CHECK_THROWS_WITH_AS(builder.add(Value::string("four")), doctest::Contains("4 bytes"), Error);
  }
}

TEST_CASE("a document that ends too early gives no value") {
  Builder builder(Budget{});
  builder.start_list({});
  CHECK_FALSE(builder.complete());
  CHECK_THROWS_AS(builder.take(), Error);
}

TEST_CASE("values of a tree are counted") {
  CHECK(count_nodes(Value::null()) == 1);
  CHECK(count_nodes(Value::map({{"a", Value::list({Value::null(), Value::null()})}})) == 4);
}
