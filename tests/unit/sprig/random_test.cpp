#include "unit/sprig/expand.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using sprig::test::expand;
using sprig::test::Snippet;

TEST_CASE("random texts have their alphabet and length") {
  const Snippet cases[] = {
      {R"({{ regexMatch "^[A-Za-z]{50}$" (randAlpha 50) }})", "true"},
      {R"({{ regexMatch "^[0-9]{50}$" (randNumeric 50) }})", "true"},
      {R"({{ regexMatch "^[0-9A-Za-z]{50}$" (randAlphaNum 50) }})", "true"},
      {R"({{ regexMatch "^[ -~]{50}$" (randAscii 50) }})", "true"},
      {R"({{ randAlpha -1 }})", ""},
      {R"({{ len (randBytes 10) }})", "16"},
      {R"({{ randBytes -1 }})", "error: runtime error: makeslice: len out of range"},
      {R"({{ randInt 3 4 }})", "3"},
      {R"({{ randInt 3 3 }})", "error: invalid argument to Intn"},
      {R"({{ shuffle "aaa" }})", "aaa"},
      {R"({{ regexMatch "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" )"
       R"(uuidv4 }})",
       "true"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("equal seeds give equal random values, in a run each is another") {
  const auto* text =
      R"({{ randAlpha 20 }} {{ randAlpha 20 }} {{ uuidv4 }} {{ randInt 0 1000000 }})";
  CHECK(expand(text, "UTC", 7) == expand(text, "UTC", 7));
  CHECK(expand(text, "UTC", 7) != expand(text, "UTC", 8));
  CHECK(expand("{{ eq (randAlpha 20) (randAlpha 20) }}") == "false");
}

TEST_CASE("a random text is bounded") {
  CHECK(expand("{{ randAlpha 100000000000 }}").starts_with("error: "));
}
