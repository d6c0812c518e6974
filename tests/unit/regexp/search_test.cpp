#include "celldrift/core/error.hpp"
#include "celldrift/regexp/regexp.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using regexp::Regexp;
using Texts = std::vector<std::string_view>;

TEST_CASE("find gives the leftmost match, by the pattern's preference") {
  CHECK(Regexp("b|ab|abc").find("xabc") == "ab");
  CHECK(Regexp("a+?").find("aaa") == "a");
  CHECK(Regexp("(?U)a+").find("aaa") == "a");
  CHECK(Regexp("z").find("abc").empty());
  CHECK(Regexp("b.c").find("a\xff\xff b\xff"
                           "c") ==
        "b\xff"
        "c");
}

TEST_CASE("find_all gives all matches up to a limit, no empty one right after another") {
  struct Case {
    const char* pattern;
    const char* text;
    int limit;
    Texts found;
  };
  const Case cases[] = {
      {"a*", "baac", -1, {"", "aa", ""}},
      {"a*", "baac", 2, {"", "aa"}},
      {"a", "aaa", 0, {}},
      {"x", "aaa", -1, {}},
      {"", "\xC3\xA9", -1, {"", ""}},
      {"\\B", "a\xC3\xA9", -1, {""}},
      {".", "a\xff", -1, {"a", "\xff"}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    CHECK(Regexp(c.pattern).find_all(c.text, c.limit) == c.found);
  }
}

TEST_CASE("replace_all expands groups as Go's Expand does") {
  struct Case {
    const char* pattern;
    const char* text;
    const char* replacement;
    const char* result;
  };
  const Case cases[] = {
      {"a(x*)b", "-ab-axxb-", "${1}W", "-W-xxW-"},
      {"a(x*)b", "-ab-axxb-", "$1W", "---"},  // there is no group 1W
      {"a(x*)b", "-axb-", "$0$$1", "-axb$1-"},
      {"a(x*)b", "-axb-", "$", "-$-"},
      {"a(x*)b", "-axb-", "${1", "-${1-"},
      {"a(x*)b", "-axb-", "[$2$01$10]", "-[]-"},
      {"(?P<n>a)|(?P<n>b)", "ab", "<$n>", "<a><b>"},
      {"", "ab", "-", "-a-b-"},
      {"a*", "baac", "x", "xbxcx"},
      {"b*$", "ab", "x", "ax"},
      {"\xC3\xA9", "a\xff\xC3\xA9\xff", "$0$0", "a\xff\xC3\xA9\xC3\xA9\xff"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    CAPTURE(c.replacement);
    CHECK(Regexp(c.pattern).replace_all(c.text, c.replacement) == c.result);
  }
  CHECK(Regexp("a(x*)b").replace_all_literal("-axb-", "$1") == "-$1-");
}

TEST_CASE("what searching costs is bounded") {
  std::string large;
  for (int i = 0; i < 50; ++i) {
    large += ".{1000}";
  }
  CHECK_THROWS_AS(Regexp(large).matches(std::string(1'000'000, 'a')), Error);
}

TEST_CASE("what replacing gives is bounded") {
  const std::string text(100'000, 'a');
  CHECK_THROWS_AS(Regexp("a").replace_all(text, text), Error);
}

TEST_CASE("split cuts at matches") {
  struct Case {
    const char* pattern;
    const char* text;
    int limit;
    Texts parts;
  };
  const Case cases[] = {
      {"a*", "abaabaccadaaae", 5, {"", "b", "b", "c", "cadaaae"}},
      {"z+", "pizza", -1, {"pi", "a"}},
      {"z+", "pizza", 0, {}},
      {"z+", "pizza", 1, {"pizza"}},
      {"a", "", -1, {""}},
      {"", "", -1, {}},
      {"", "ab", -1, {"a", "b"}},
      {"b", "ab", -1, {"a", ""}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    CAPTURE(c.limit);
    CHECK(Regexp(c.pattern).split(c.text, c.limit) == c.parts);
  }
}

TEST_CASE("quoted texts match themselves") {
  CHECK(regexp::quote_meta("a.b*[c]\n-") == "a\\.b\\*\\[c\\]\n-");
  CHECK(Regexp(regexp::quote_meta("$(x){1}")).find("a$(x){1}b") == "$(x){1}");
}
