#include "observe/object_text.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace celldrift;
using namespace celldrift::observe;

namespace {

std::optional<Value> parsed(std::string_view text) {
  try {
    return yaml::parse_json(text).value;
  } catch (const Error&) {
    return std::nullopt;
  }
}

class Random {
 public:
  explicit Random(unsigned seed) : drawn_(seed) {}

  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(drawn_);
  }

  std::string text() {
    static constexpr std::string_view pieces[] = {
        "a", "name", " ", "\"", "\\", "\n", "é", "{", "]", ",", ":", "\x7f", "\x01", "日本", "0"};
    std::string text;
    for (std::size_t n = below(12); n > 0; --n) {
      text += pieces[below(std::size(pieces))];
    }
    return text;
  }

  Value scalar() {
    switch (below(7)) {
      case 0:
        return Value::null();
      case 1:
        return Value::boolean(below(2) == 1);
      case 2:
        return Value::integer(std::int64_t(drawn_()) << below(33));
      case 3:
        return Value::integer(-std::int64_t(below(100)));
      case 4:
        return Value::real(double(below(1000)) / 8);
      default:
        return Value::string(text());
    }
  }

  Value value(std::size_t depth) {
    const std::size_t kind = depth == 0 ? 2 : below(4);
    if (kind == 0) {
      Value::List items;
      for (std::size_t n = below(5); n > 0; --n) {
        items.push_back(value(depth - 1));
      }
      return Value::list(std::move(items));
    }
    return kind == 1 ? map(depth) : scalar();
  }

  Value map(std::size_t depth) {
    static constexpr std::string_view keys[] = {"metadata", "managedFields", "fieldsV1", "spec"};
    Value map = Value::map({});
    for (std::size_t n = below(6); n > 0; --n) {
      const std::string key = below(3) == 0 ? text() : std::string(keys[below(std::size(keys))]);
      map = map.with(key, value(depth - 1));
    }
    return map;
  }

 private:
  std::mt19937 drawn_;
};

}  // namespace

TEST_CASE("a canonical object is read as any JSON is, whatever was seen before") {
  Random random(1);
  SeenTexts seen;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = yaml::canonical_json(random.map(5));
    CAPTURE(text);
    const auto read = read_canonical_object(text, seen);
    REQUIRE(read);
    REQUIRE(*read == *parsed(text));
  }
}

TEST_CASE("of a text that is damaged, or JSON of another form, nothing else is read") {
  Random random(2);
  SeenTexts seen;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = yaml::canonical_json(random.map(5));
    read_canonical_object(text, seen);
    static constexpr std::string_view bytes = "{}[]\",:\\ 01-e.tfn\xff\n";
    for (std::size_t n = random.below(3); n <= 2; ++n) {
      const std::size_t at = random.below(text.size());
      switch (random.below(3)) {
        case 0:
          text[at] = bytes[random.below(bytes.size())];
          break;
        case 1:
          text.insert(at, 1, bytes[random.below(bytes.size())]);
          break;
        default:
          text.erase(at, 1 + random.below(3));
      }
      text += text.empty() ? "{" : "";
    }
    CAPTURE(text);
    if (const auto read = read_canonical_object(text, seen)) {
      const auto expected = parsed(text);
      REQUIRE(expected);
      REQUIRE(*read == *expected);
    }
  }
}

TEST_CASE("what is not canonical JSON is left to others") {
  SeenTexts seen;
  for (const std::string_view text : {"",
                                      "[]",
                                      "1",
                                      "{",
                                      "{}{}",
                                      "{} ",
                                      "{\"b\":1,\"a\":2}",
                                      "{\"a\":1,\"a\":2}",
                                      "{\"a\" :1}",
                                      "{\"a\":01}",
                                      "{\"a\":tru}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{\"a\":[1,]}",
                                      "{\"a\":\"\xff\"}",
                                      "{\"a\":\"\n\"}",
                                      "{\"a\":\"b}",
                                      "{1:2}"}) {
    CAPTURE(text);
    CHECK(!read_canonical_object(text, seen));
  }
}

TEST_CASE("objects share what they have in common") {
  const std::string spec =
      "{\"replicas\":3,\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"paused\":true}";
  const auto object = [&](const std::string& uid) {
    return "{\"metadata\":{\"uid\":\"" + uid + "\"},\"spec\":" + spec + "}";
  };
  SeenTexts seen;
  // Keys are not in order in this spec: it is left to others each time.
  CHECK(!read_canonical_object(object("1"), seen));
  const std::string sorted =
      "{\"spec\":{\"paused\":true,\"replicas\":3,\"selector\":{\"matchLabels\":{\"app\":\"a\"}}}}";
  const std::string with_uid = "{\"metadata\":{\"uid\":\"1\"}," + sorted.substr(1);
  const auto a = read_canonical_object(sorted, seen);
  const auto b = read_canonical_object(with_uid, seen);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->find("spec")->same_node(*b->find("spec")));
}

TEST_CASE("an object that is nested too deep, or too large, is left to others") {
  SeenTexts seen;
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(read_canonical_object(nested(300), seen));
  CHECK(!read_canonical_object(nested(399), seen));
  CHECK(!read_canonical_object(nested(100'000), seen));
  CHECK(!read_canonical_object("{\"a\":\"" + std::string(6u << 20, 'x') + "\"}", seen));
}
