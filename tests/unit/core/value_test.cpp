#include "celldrift/core/value.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

#include <random>
#include <thread>
#include <vector>

using namespace celldrift;

namespace {

// A random tree; equal seeds give equal trees.
Value random_value(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return int(random() % unsigned(n)); };
  switch (depth == 0 ? pick(5) : pick(7)) {
    case 0:
      return Value::null();
    case 1:
      return Value::boolean(pick(2) == 1);
    case 2:
      return Value::integer(pick(5) - 2);
    case 3:
      return Value::real(pick(5) / 2.0);
    case 4:
      return Value::string(std::string(std::size_t(pick(4)), char('a' + pick(3))));
    case 5: {
      Value::List items;
      for (int i = pick(4); i > 0; --i) {
        items.push_back(random_value(random, depth - 1));
      }
      return Value::list(std::move(items));
    }
    default: {
      Value result = Value::map({});
      for (int i = pick(20); i > 0; --i) {
        result = result.with(std::string(1, char('a' + pick(26))), random_value(random, depth - 1));
      }
      return result;
    }
  }
}

// Equality the slow way, without hashes.
bool same(const Value& a, const Value& b) {
  if (a.kind() != b.kind() || a.size() != b.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    if (!same(a.items()[i], b.items()[i])) {
      return false;
    }
  }
  for (const Value::Entry& entry : a.entries()) {
    const Value* other = b.find(entry.key);
    if (other == nullptr || !same(entry.value, *other)) {
      return false;
    }
  }
  return (!a.is_bool() || a.as_bool() == b.as_bool()) &&
         (!a.is_number() || a.as_double() == b.as_double()) &&
         (!a.is_string() || a.as_string() == b.as_string());
}

}  // namespace

TEST_CASE("equality is that of content") {
  const Value text = Value::string("1");
  CHECK(text == Value::string("1"));
  CHECK_FALSE(text == Value::integer(1));
  CHECK_FALSE(Value::integer(1) == Value::real(1.0));
  CHECK_FALSE(Value::null() == Value::boolean(false));
  CHECK_FALSE(Value::list({}) == Value::map({}));
  CHECK_FALSE(Value::string("") == Value::null());
  CHECK(Value::real(0.0) == Value::real(-0.0));
}

TEST_CASE("marks, source texts, quoting and the order of a map's entries do not count") {
  const Value a = Value::map({{"x", Value::integer(1)}, {"y", Value::integer(2)}});
  const Value b = Value::map({{"y", Value::integer(2).with_mark({.line = 9})},
                              {"x", Value::integer(1).with_source_text("0x1", Quoting::plain)}});
  CHECK(a == b);
  CHECK(a.hash() == b.hash());
  CHECK(b.entries()[0].key == SharedString("y"));
}

TEST_CASE("the order of a list counts") {
  const Value one = Value::integer(1);
  const Value two = Value::integer(2);
  CHECK_FALSE(Value::list({one, two}) == Value::list({two, one}));
  CHECK_FALSE(Value::list({Value::list({one}), two}) == Value::list({Value::list({one, two})}));
}

TEST_CASE("hashes agree with content on random trees") {
  std::mt19937 random(7);
  std::vector<Value> values;
  for (int i = 0; i < 400; ++i) {
    values.push_back(random_value(random, 3));
  }
  int equal = 0;
  for (const Value& a : values) {
    for (const Value& b : values) {
      equal += a == b;
      REQUIRE((a == b) == same(a, b));
    }
  }
  CHECK(equal > 400);
}

TEST_CASE("entries are found in maps of any size") {
  Value map = Value::map({});
  for (int i = 0; i < 60; ++i) {
    const std::string key = "key-" + std::to_string(i * 7 % 60);
    CHECK(map.find(key) == nullptr);
    map = map.with(key, Value::integer(i));
    REQUIRE(map.find(key) != nullptr);
    CHECK(map.find(key)->as_int() == i);
    CHECK(map.size() == std::size_t(i + 1));
  }
  CHECK(map.find("key-60") == nullptr);
  CHECK(map.find("") == nullptr);
}

TEST_CASE("edits make copies and leave the original as it was") {
  const Value map =
      Value::map({{"a", Value::integer(1)}, {"b", Value::integer(2)}}).with_mark({.line = 4});
  const Value changed = map.with("a", Value::integer(3));
  CHECK(map.find("a")->as_int() == 1);
  CHECK(changed.find("a")->as_int() == 3);
  CHECK(changed.entries()[0].key == SharedString("a"));
  CHECK(changed.mark().line == 4);
  CHECK(map.without("a").find("a") == nullptr);
  CHECK(map.without("z") == map);
  CHECK(Value::null().with("a", Value::integer(1)).is_map());
}

TEST_CASE("paths of keys are followed as far as they go") {
  const Value value = Value::map({{"a", Value::map({{"b", Value::string("text")}})}});
  CHECK(value.string_at({"a", "b"}) == "text");
  CHECK(value.string_at({"a", "c"}, "none") == "none");
  CHECK(value.string_at({"a"}, "none") == "none");
  CHECK(value.find({"a", "b", "c"}) == nullptr);
}

TEST_CASE("content read as another kind is an error, not a guess") {
  CHECK_THROWS_AS(Value::string("1").as_int(), Error);
  CHECK_THROWS_AS(Value::integer(1).as_string(), Error);
  CHECK_THROWS_AS(Value::null().as_bool(), Error);
  CHECK(Value::integer(2).as_double() == 2.0);
  CHECK(Value::string("x").items().empty());
  CHECK(Value::string("x").entries().empty());
}

TEST_CASE("a scalar keeps the text that it was written as") {
  const Value value = Value::integer(16).with_source_text("0x10", Quoting::plain);
  CHECK(value.source_text() == "0x10");
  CHECK(value.quoting() == Quoting::plain);
  CHECK_FALSE(Value::integer(16).source_text());
  CHECK(value == Value::integer(16));
}

TEST_CASE("values are shared between threads") {
  std::mt19937 random(3);
  const Value shared = random_value(random, 4);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&shared] {
      for (int i = 0; i < 1000; ++i) {
        const Value copy = shared;
        const Value edited = Value::map({{"copy", copy}}).with("again", copy);
        (void)edited.hash();
      }
    });
  }
  threads.clear();
  std::mt19937 again(3);
  CHECK(shared == random_value(again, 4));
}

TEST_CASE("a deep tree is counted and dropped without trouble") {
  Value value = Value::integer(1);
  for (int i = 0; i < 1000; ++i) {
    value = Value::list({value});
  }
  CHECK(value.size() == 1);
}
