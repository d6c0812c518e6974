#include "celldrift/core/text.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>

using namespace celldrift;

TEST_CASE("globs match whole names") {
  struct Case {
    const char* pattern;
    const char* name;
    bool matches;
  };
  const Case cases[] = {
      {"*", "", true},
      {"*", "anything", true},
      {"prod-*", "prod-a", true},
      {"prod-*", "preprod-a", false},
      {"*-a", "prod-a", true},
      {"*a*b*", "xxaxxbxx", true},
      {"*a*b*", "xxbxxaxx", false},
      {"?", "a", true},
      {"?", "", false},
      {"cell-[a-c]", "cell-b", true},
      {"cell-[a-c]", "cell-d", false},
      {"cell-[!a-c]", "cell-d", true},
      {"cell-[^a-c]", "cell-a", false},
      {"[]]", "]", true},
      {"[", "[", true},      // no closing bracket: itself
      {"a\\*", "a*", true},  // escaped
      {"a\\*", "ab", false},
      {"", "", true},
      {"", "a", false},
      {"*a", "baaa", true},  // the star gives back what it took
  };
  for (const Case& c : cases) {
    SUBCASE((std::string(c.pattern) + " on " + c.name).c_str()) {
      CHECK(glob_match(c.pattern, c.name) == c.matches);
    }
  }
}

TEST_CASE("a hostile glob takes no exponential time") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) {
    pattern += "*a";
  }
  CHECK_FALSE(glob_match(pattern + "b", std::string(5000, 'a')));
}

TEST_CASE("split keeps empty parts") {
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split("a,", ',') == std::vector<std::string_view>{"a", ""});
}

TEST_CASE("join is the inverse of split") {
  CHECK(join({"a", "", "b"}, ",") == "a,,b");
  CHECK(join({"", "b"}, ",") == ",b");
  CHECK(join({}, ",").empty());
}

TEST_CASE("base64 decodes what it encodes") {
  for (std::size_t size = 0; size < 70; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
      bytes += char(i * 37 + size);
    }
    std::string back = "unset";
    REQUIRE(base64_decode(base64_encode(bytes), back));
    CHECK(back == bytes);
  }
}

TEST_CASE("base64 as everybody writes it") {
  struct Case {
    const char* text;
    bool valid;
    const char* bytes;
  };
  const Case cases[] = {
      {"", true, ""},
      {"aGk=", true, "hi"},
      {"aGkh", true, "hi!"},
      {"aA==", true, "h"},
      {"aG\nk=", true, "hi"},
      {"aGk", false, ""},
      {"a", false, ""},
      {"aGk==", false, ""},
      {"a=Gk", false, ""},
      {"aG k", false, ""},
      {"=", false, ""},
      {"====", false, ""},
      {"aGk=aGk=", false, ""},
  };
  for (const Case& c : cases) {
    SUBCASE(c.text) {
      std::string bytes;
      CHECK(base64_decode(c.text, bytes) == c.valid);
      CHECK(bytes == c.bytes);
    }
  }
}

TEST_CASE("a file that is missing or too large is named") {
  CHECK_THROWS_WITH_AS(read_file("/nonexistent/x"), doctest::Contains("/nonexistent/x"), Error);
  CHECK_THROWS_WITH_AS(read_file(CELLDRIFT_TESTDATA "/compare/cases.yaml", 10),
                       doctest::Contains("larger than 10"),
                       Error);
}
