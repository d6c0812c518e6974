// Hostile input: refused, with what was too much, and soon.
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <ctime>
#include <functional>

using namespace celldrift;

namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    result += text;
  }
  return result;
}

// Each level names the one before it ten times.
std::string bomb(int levels) {
  std::string text = "a0: &a0 [" + repeat("x,", 10) + "]\n";
  for (int i = 1; i < levels; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1) + ",";
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(alias, 10) + "]\n";
  }
  return text;
}

std::string staircase(int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) {
    text += std::string(std::size_t(i), ' ') + "a:\n";
  }
  return text;
}

}  // namespace

TEST_CASE("hostile YAML is refused") {
  struct Case {
    const char* name;
    std::string text;
    ErrorCode code;
  };
  const Case cases[] = {
      {"lists in brackets", repeat("[", 10'000) + repeat("]", 10'000), ErrorCode::limit},
      {"maps in braces", repeat("{a: ", 10'000) + repeat("}", 10'000), ErrorCode::limit},
      {"brackets without an end", repeat("[", 100'000), ErrorCode::parse},
      {"lists in lists", repeat("- ", 10'000), ErrorCode::limit},
      {"keys of keys", repeat("? ", 10'000), ErrorCode::parse},
      {"maps in maps", staircase(2'000), ErrorCode::limit},
      {"an alias bomb", bomb(12), ErrorCode::limit},
      {"a large text", "a: " + std::string(33u << 20, 'x'), ErrorCode::limit},
      {"a large string", "a: " + std::string(17u << 20, 'x'), ErrorCode::limit},
      {"an alias in its own value", "a: &x [*x]", ErrorCode::parse},
      {"many directives", repeat("%TAG !a! b\n", 100'000) + "---\na", ErrorCode::parse},
  };
  for (const Case& example : cases) {
    CAPTURE(example.name);
    try {
      yaml::parse(example.text);
      FAIL("was read");
    } catch (const Error& error) {
      CHECK(error.code() == example.code);
      CHECK(std::string(error.what()).size() < 200);
    }
  }
}

TEST_CASE("time grows with the text, not with its square") {
  struct Case {
    const char* name;
    std::string one;
    std::string before = {};
    std::string after = {};
  };
  const Case cases[] = {
      {"items on one line", "a,", "[", "]"},
      {"pairs on one line", "a: b,", "[", "]"},
      {"quoted items on one line", "\"é\",", "[", "]"},
      {"aliases", "*a,", "- &a x\n- [", "]"},
      {"nulls", "~,", "[", "]"},
      {"lines of text", "  x\n", "a:\n"},
      {"lines of a quoted text", "x\n  ", "a: \"", "\""},
      {"lines of a block", "  x\n", "a: |\n"},
      {"empty lines", "\n", "a: b", "c: d"},
      {"blanks", " ", "a: ", "b"},
      {"comments", "# x\n"},
      {"empty items", "-\n"},
      {"blocks without text", "- |\n"},
  };
  constexpr std::size_t few = 1'000;
  for (const Case& example : cases) {
    CAPTURE(example.name);
    const auto seconds = [&](std::size_t count) {
      const std::string text = example.before + repeat(example.one, count) + example.after;
      const std::clock_t start = std::clock();
      yaml::parse(text);
      return double(std::clock() - start) / CLOCKS_PER_SEC;
    };
    // Sixteen times the text: 256 times the time if it were quadratic.
    CHECK(seconds(16 * few) < 100 * seconds(few) + 0.5);
  }
}

TEST_CASE("hostile JSON is refused") {
  CHECK_THROWS_WITH(yaml::parse_json(repeat("[", 10'000)), "nested deeper than 400 levels");
  CHECK_THROWS_WITH(yaml::parse_json(repeat("{\"a\":", 10'000)), "nested deeper than 400 levels");
  CHECK_THROWS_AS(yaml::parse_json("\"" + std::string(17u << 20, 'x') + "\""), Error);
  CHECK_THROWS_AS(yaml::parse_json("[1,2,3]", {.budget = {.nodes = 3}}), Error);
  CHECK_NOTHROW(yaml::parse_json("[1,2,3]", {.budget = {.nodes = 4}}));
  CHECK_THROWS_AS(yaml::parse_json("[1,2,3]", {.budget = {.text_bytes = 6}}), Error);
}

TEST_CASE("aliases count against the budget of nodes each time they are used") {
  const std::string text = "a: &a [1, 2, 3]\nb: [*a, *a, *a]\n";
  CHECK_NOTHROW(yaml::parse(text, {.budget = {.nodes = 18}}));
  CHECK_THROWS_AS(yaml::parse(text, {.budget = {.nodes = 17}}), Error);
}
