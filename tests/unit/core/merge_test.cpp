// Builder's merges and its strings.

#include "celldrift/core/builder.hpp"
#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

Value entry(std::string_view key, int value) {
  return Value::map({{key, Value::integer(value)}});
}

// A map that has "a: 1", then merges `merged`, then has "b: 2".
Value merge_into(const Value& merged) {
  Builder builder(Budget{});
  builder.start_map({});
  builder.key("a", {});
  builder.add(Value::integer(1));
  builder.merge({});
  builder.add(merged);
  builder.key("b", {});
  builder.add(Value::integer(2));
  builder.end_map();
  return builder.take();
}

}  // namespace

TEST_CASE("a merge wins over what is written before it and loses to what is written after") {
  const Value value = merge_into(
      Value::map({{"a", Value::integer(7)}, {"b", Value::integer(8)}, {"c", Value::integer(9)}}));
  CHECK(value.find("a")->as_int() == 7);
  CHECK(value.find("b")->as_int() == 2);
  CHECK(value.find("c")->as_int() == 9);
  CHECK(value.size() == 3);
}

TEST_CASE("of a list of maps that is merged the first wins") {
  CHECK(merge_into(Value::list({entry("c", 1), entry("c", 2)})).find("c")->as_int() == 1);
  CHECK(merge_into(Value::list({})).size() == 2);
}

TEST_CASE("only maps can be merged") {
  for (const Value& value : {Value::null(),
                             Value::integer(1),
                             Value::string("a"),
                             Value::list({Value::integer(1)}),
                             Value::list({Value::list({entry("c", 1)})})}) {
    CHECK_THROWS_AS(merge_into(value), Error);
  }
}

TEST_CASE("the value that was finished last can be asked for, also after a merge") {
  Builder builder(Budget{});
  builder.start_map({});
  builder.key("a", {});
  builder.add(Value::integer(1));
  CHECK(builder.last() == Value::integer(1));
  builder.merge({});
  builder.start_map({});
  builder.end_map();
  CHECK(builder.last() == Value::map({}));
  builder.key("b", {});
  builder.start_list({});
  builder.add(Value::integer(2));
  builder.end_list();
  CHECK(builder.last() == Value::list({Value::integer(2)}));
  builder.end_map();
  CHECK(builder.last().size() == 2);
}

TEST_CASE("a builder can be used again, and keeps nothing of the document before") {
  Builder builder(Budget{});
  for (int i = 0; i < 3; ++i) {
    builder.start_list({});
    builder.start_map({});
    builder.key("a", {});
    builder.add(Value::integer(i));
    builder.end_map();
    builder.end_list();
    CHECK(builder.take() == Value::list({entry("a", i)}));
  }
}

TEST_CASE("a pool keeps each string once, however many there are") {
  StringPool pool;
  std::vector<SharedString> strings;
  for (int i = 0; i < 5'000; ++i) {
    strings.push_back(pool.shared("key" + std::to_string(i)));
  }
  for (int i = 0; i < 5'000; ++i) {
    const SharedString again = pool.shared("key" + std::to_string(i));
    REQUIRE(again.view().data() == strings[std::size_t(i)].view().data());
    REQUIRE(again.view() == "key" + std::to_string(i));
  }
  CHECK(pool.shared("").view().empty());
}
