#include "celldrift/gotemplate/any.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace celldrift;
using namespace celldrift::gotemplate;

namespace {

Value sample() {
  return Value::map({{"name", Value::string("web")},
                     {"count", Value::integer(3)},
                     {"list", Value::list({Value::integer(1), Value::null()})},
                     {"inner", Value::map({{"b", Value::boolean(true)}})}});
}

}  // namespace

TEST_CASE("a tree becomes run-time values with the numbers that encoding/json reads") {
  Heap heap;
  const Any dot = heap.from_value(sample());
  CHECK(dot.type()->name == "map[string]interface {}");
  CHECK(dot.map_node()->entries()[0].key == "count");
  CHECK(dot.map_node()->find("count")->as_real() == 3);
  CHECK(dot.map_node()->find("list")->items().size() == 2);
  CHECK(dot.map_node()->find("list")->items()[1].is_nil());
  CHECK(heap.from_value(Value::integer(3), Numbers::keep).is(int64_type));
}

TEST_CASE("maps are shared by reference") {
  Heap heap;
  const Any dot = heap.from_value(sample());
  const Any inner = *dot.map_node()->find("inner");
  inner.map_node()->set("a", Any::boolean(false));
  const Map& again = *dot.map_node()->find("inner")->map_node();
  REQUIRE(again.size() == 2);
  CHECK(again.entries()[0].key == "a");
  CHECK(inner.map_node()->erase("b"));
  CHECK_FALSE(inner.map_node()->erase("b"));
  CHECK(again.size() == 1);
}

TEST_CASE("items of a slice of a slice are shared") {
  Heap heap;
  const Any list = heap.make_strings({"a", "b", "c"});
  const Any part = heap.make_slice_of(list, 1, 3);
  part.slice_node()->items()[0] = Any::string("x");
  CHECK(list.items()[1].as_string() == "x");
}

TEST_CASE("a tree read and written again is equal") {
  Heap heap;
  CHECK(to_value(heap.from_value(sample())) == sample());
  CHECK(to_value(Any::real(1.5)) == Value::real(1.5));
  CHECK(to_value(Any::map(map_type, nullptr)) == Value::null());
  CHECK(to_value(heap.make_list({Any::unsigned_integer('h', uint8_type)}, byte_list_type)) ==
        Value::string("aA=="));
  CHECK(to_value(Any::string("a\xff")) == Value::string("a\uFFFD"));
}

TEST_CASE("what JSON cannot hold is an error") {
  Heap heap;
  CHECK_THROWS_AS(to_value(Any::real(NAN)), Error);
  const Any loop = heap.make_map();
  loop.map_node()->set("self", loop);
  CHECK_THROWS_AS(to_value(*loop.map_node()->find("self")), Error);
  loop.map_node()->set("again", loop);
  CHECK_THROWS_AS(format_value(*loop.map_node()->find("again")), Error);
  CHECK_THROWS_AS(deep_equal(heap.make_list({loop}), heap.make_list({heap.make_list({loop})})) ||
                      (to_value(loop), true),
                  Error);
}

TEST_CASE("truth is Go's") {
  Heap heap;
  CHECK_FALSE(is_true({}));
  CHECK_FALSE(is_true(Any::string("")));
  CHECK_FALSE(is_true(Any::real(0)));
  CHECK_FALSE(is_true(heap.make_map()));
  CHECK_FALSE(is_true(heap.make_list({})));
  CHECK(is_true(Any::string("false")));
  CHECK(is_true(heap.make_list({Any()})));
}

TEST_CASE("deep equality looks at types and content") {
  Heap heap;
  CHECK(deep_equal(heap.from_value(sample()), heap.from_value(sample())));
  CHECK_FALSE(deep_equal(Any::integer(1), Any::integer(1, int64_type)));
  CHECK_FALSE(deep_equal(Any::map(map_type, nullptr), heap.make_map()));
  CHECK_FALSE(deep_equal(heap.make_strings({"a"}), heap.make_list({Any::string("a")})));
  CHECK_FALSE(deep_equal(Any::real(NAN), Any::real(NAN)));
}

TEST_CASE("a heap past its limit is an error") {
  Heap heap(1000);
  CHECK_THROWS_AS(heap.keep(std::string(2000, 'x')), Error);
}

TEST_CASE("a map keeps its order however it grows and shrinks") {
  Heap heap;
  const Any any = heap.make_map();
  Map& map = *any.map_node();
  for (int i = 0; i < 5000; ++i) {
    map.set(heap.keep(std::to_string(i * 7919 % 5000)), Any::integer(i));
  }
  CHECK(map.size() == 5000);
  CHECK(map.find("77") != nullptr);
  CHECK(map.find("5000") == nullptr);
  CHECK(std::ranges::is_sorted(map.entries(), {}, &Map::Entry::key));
  map.set("77", Any::string("x"));
  map.set("new", Any());
  CHECK(map.find("77")->as_string() == "x");
  CHECK(map.erase("new"));
  CHECK_FALSE(map.erase("new"));
  CHECK(map.entries().size() == 5000);
}

TEST_CASE("a small value that is a large tree is an error") {
  Heap heap;
  const auto doubled = [&] {
    Any value = heap.make_list({Any::integer(1)});
    for (int i = 0; i < 60; ++i) {
      value = heap.make_list({value, value});
    }
    return value;
  };
  CHECK_THROWS_AS(to_value(doubled()), Error);
  CHECK_THROWS_AS(deep_equal(doubled(), doubled()), Error);
  CHECK_THROWS_AS(format_value(doubled()), Error);
}
