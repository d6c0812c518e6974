#include "celldrift/core/shared_string.hpp"

#include "celldrift/core/builder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using namespace celldrift;

namespace {

Value map_with(const std::vector<std::string>& keys) {
  Builder builder{Budget{}};
  builder.start_map({});
  for (const std::string& key : keys) {
    builder.key(key, {});
    builder.add(Value::string(key));
  }
  builder.end_map();
  return builder.take();
}

}  // namespace

TEST_CASE("a name is the same node wherever it is asked for") {
  const auto name = SharedString::name("metadata");
  const SharedString plain("metadata");
  REQUIRE(name);
  CHECK(name->is_name());
  CHECK(name->same_node(*SharedString::name(std::string("meta") + "data")));
  CHECK_FALSE(plain.is_name());
  CHECK(*name == plain);
  CHECK(name->hash() == plain.hash());
  CHECK_FALSE(*name == *SharedString::name("metadatum"));
  CHECK(SharedString::name("")->same_node(SharedString()));
  CHECK_FALSE(SharedString::name(std::string(65, 'x')));
}

TEST_CASE("names are the same on all threads") {
  constexpr std::size_t count = 500;
  std::vector<std::vector<SharedString>> found(4);
  std::vector<std::thread> threads;
  for (auto& own : found) {
    threads.emplace_back([&own] {
      for (std::size_t i = 0; i < count; ++i) {
        own.push_back(*SharedString::name("thread-" + std::to_string(i)));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& own : found) {
      CHECK(own[i].same_node(found[0][i]));
    }
  }
}

TEST_CASE("an entry is found by a key of another map, a name or not") {
  const std::string long_key(100, 'k');
  const Value parsed = map_with({"a", "b", long_key});
  const Value other = map_with({"b", long_key, "c"});
  const Value built = Value::map({{"b", Value::integer(1)}, {long_key, Value::integer(2)}});
  for (const Value::Entry& entry : other.entries()) {
    CHECK((parsed.find(entry.key) != nullptr) == (entry.key.view() != "c"));
    CHECK((built.find(entry.key) != nullptr) == (entry.key.view() != "c"));
  }
  for (const Value::Entry& entry : built.entries()) {
    REQUIRE(parsed.find(entry.key) != nullptr);
    CHECK(parsed.find(entry.key)->as_string() == entry.key.view());
  }
}

// Fills the table for good; whatever else this process tests must hold without new names as well.
TEST_CASE("what comes when there are too many names is none, and works as well") {
  std::size_t refused = 0;
  std::vector<std::string> late;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const std::string text = "late-" + std::to_string(i);
    if (!SharedString::name(text)) {
      ++refused;
      late.push_back(text);
    }
  }
  REQUIRE(refused >= 20'000 - 16'384);
  CHECK_FALSE(SharedString::name(late.front()));
  CHECK(SharedString::name("late-0"));

  const Value map = map_with({"late-0", late[0], late[1], late[0]});
  CHECK(map.size() == 3);
  const Value again = map_with({late[1], late[0]});
  for (const Value::Entry& entry : again.entries()) {
    REQUIRE(map.find(entry.key) != nullptr);
    CHECK(*map.find(entry.key) == entry.value);
  }
  CHECK(map.find(map_with({late[2]}).entries()[0].key) == nullptr);
}
