#include "celldrift/core/glob.hpp"

#include <doctest/doctest.h>

#include <string>

namespace celldrift {
namespace {

TEST_CASE("globs match as gobwas does without separators") {
  struct Case {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Case cases[] = {
      // stars cross slashes
      {"*", "a/b.yaml", true},
      {"*.yaml", "a/b.yaml", true},
      {"a*", "b/a", false},
      {"**/b.yaml", "a/b.yaml", true},
      {"**/b.yaml", "b.yaml", false},
      {"*", "", true},
      {"", "", true},
      {"", "a", false},
      // one character
      {"?.yaml", "a.yaml", true},
      {"?.yaml", "é.yaml", true},
      {"?.yaml", ".yaml", false},
      {"a?b", "a/b", true},
      // ranges and lists
      {"[a-c].yaml", "b.yaml", true},
      {"[a-c].yaml", "d.yaml", false},
      {"[!a-c].yaml", "d.yaml", true},
      {"[!a-c].yaml", "b.yaml", false},
      {"[abc]", "c", true},
      {"[!abc]", "c", false},
      {"[!abc]", "/", true},
      {"[a-cx]", "b", false},  // does not compile
      {"[]", "", false},
      {"[", "[", false},
      {"[z-a]", "m", false},
      {"[a\\]b]", "]", true},
      // alternatives
      {"{a,b}.yaml", "b.yaml", true},
      {"{a,b}.yaml", "c.yaml", false},
      {"{a,b{c,d}}", "bd", true},
      {"{a*,*b}", "xxb", true},
      {"{,a}b", "b", true},
      {"{,a}b", "ab", true},
      {"{a,b", "a", true},
      {"a,b", "a,b", true},
      {"a}b", "a}b", true},
      // escapes
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"\\{a,b\\}", "{a,b}", true},
      {"{a\\,b,c}", "a,b", true},
  };
  for (const Case& one : cases) {
    CAPTURE(std::string(one.pattern));
    CAPTURE(std::string(one.text));
    CHECK(Glob(one.pattern).matches(one.text) == one.matches);
  }
}

TEST_CASE("a hostile pattern takes no time") {
  std::string stars;
  for (int i = 0; i < 1000; ++i) {
    stars += "*a";
  }
  CHECK_FALSE(Glob(stars + "b").matches(std::string(2000, 'a')));
  CHECK_FALSE(Glob(std::string(4000, '{')).matches("a"));
  CHECK_FALSE(Glob(std::string(100'000, '*')).matches("a"));
}

}  // namespace
}  // namespace celldrift
