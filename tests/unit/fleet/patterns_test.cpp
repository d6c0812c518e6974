#include "fleet/patterns/doublestar.hpp"
#include "fleet/patterns/path_match.hpp"
#include "fleet/patterns/pathspec.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

TEST_CASE("patterns of directories are Go's path.Match") {
  struct Case {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Case cases[] = {
      {"a/*", "a/b", true},
      {"a/*", "a/b/c", false},
      {"a/**", "a/b", true},
      {"*", "é", true},
      {"?", "é", true},
      {"?", "/", false},
      {"[a-c]x", "bx", true},
      {"[^a-c]x", "bx", false},
      {"[!a]x", "bx", false},  // "!" is a character like others
      {"\\*", "*", true},
      {"a*b*c", "axbxbc", true},
      {"[", "a", false},
      {"[a", "a", false},
      {"a\\", "a\\", false},
      {"", "", true},
      {"{a,b}", "a", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.pattern);
    CAPTURE(one.path);
    CHECK(path_match(one.pattern, one.path) == one.matches);
  }
}

TEST_CASE("patterns of files are git's pathspecs") {
  const std::vector<std::string> paths = {
      "Top.YAML", "a/!x", "a/b/c.yaml", "a/c.yaml", "b/[z]", "b/z", "c.yaml"};
  const std::pair<const char*, Texts> cases[] = {
      {"*.yaml", {"a/b/c.yaml", "a/c.yaml", "c.yaml"}},
      {"a", {"a/!x", "a/b/c.yaml", "a/c.yaml"}},
      {"a/", {"a/!x", "a/b/c.yaml", "a/c.yaml"}},
      {".", paths},
      {":", paths},
      {"a/**/c.yaml", {"a/b/c.yaml"}},
      {":(glob)a/**/c.yaml", {"a/b/c.yaml", "a/c.yaml"}},
      {":(glob)*.yaml", {"c.yaml"}},
      {":(glob)**/c.yaml", {"a/b/c.yaml", "a/c.yaml", "c.yaml"}},
      {":(icase)top.yaml", {"Top.YAML"}},
      {":(icase,glob)*.Yaml", {"Top.YAML", "c.yaml"}},
      {":!a", {"Top.YAML", "b/[z]", "b/z", "c.yaml"}},
      {":^*.yaml", {"Top.YAML", "a/!x", "b/[z]", "b/z"}},
      {":/c.yaml", {"c.yaml"}},
      {"b/[z]", {"b/[z]", "b/z"}},
      {":(literal)b/[z]", {"b/[z]"}},
      {"b/\\[z]", {"b/[z]"}},
      {"./a/../b/z", {"b/z"}},
      {"b/[[:alpha:]]", {"b/z"}},
      {"b/[!a-y]", {"b/z"}},
      {"b/[z", {}},
      {"x", {}},
  };
  for (const auto& [pattern, expected] : cases) {
    CAPTURE(pattern);
    CHECK(Pathspec(pattern).select(paths) == expected);
  }
  for (const char* bad :
       {"/a", "../a", "a/../../b", ":(wonder)a", ":(glob", ":@a", ":(literal,glob)a"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(Pathspec{bad}, Error);
  }
}

TEST_CASE("a pattern with many stars takes no time") {
  std::string pattern;
  for (int i = 0; i < 60; ++i) {
    pattern += "*a";
  }
  CHECK_FALSE(Pathspec(pattern + "b").matches(std::string(4000, 'a')));
}

TEST_CASE("patterns of files in the new way are doublestar's globs") {
  const auto tree = git::memory_tree({{"a/b/c.yaml", ""},
                                      {"a/c.yaml", ""},
                                      {"c.yaml", ""},
                                      {".h/c.yaml", ""},
                                      {"d/x1", ""},
                                      {"link", "-> a"}});
  const std::pair<const char*, Texts> cases[] = {
      {"*.yaml", {"c.yaml"}},
      {"a/*.yaml", {"a/c.yaml"}},
      {"a/**/c.yaml", {"a/b/c.yaml", "a/c.yaml"}},
      {"{a,.h}/c.yaml", {".h/c.yaml", "a/c.yaml"}},
      {"d/x[0-9]", {"d/x1"}},
      {"d/x[!0-9]", {}},
      {"a**", {"a"}},
      {"link/*.yaml", {"link/c.yaml"}},
      {"./a//c.yaml", {"a/c.yaml"}},
      {"../x", {}},
      {"*", {".git", ".h", "a", "c.yaml", "d", "link"}},  // as in a checkout
      {"{*/c.yaml,*/b}", {".h/c.yaml", "a/b", "a/c.yaml", "link/b", "link/c.yaml"}},
  };
  for (const auto& [pattern, expected] : cases) {
    CAPTURE(pattern);
    CHECK(doublestar_glob(*tree, pattern) == expected);
  }
  CHECK_THROWS_AS(doublestar_glob(*tree, "{a"), Error);
  CHECK_THROWS_AS(doublestar_glob(*tree, "d/[x"), Error);
  CHECK_THROWS_AS(doublestar_glob(*tree, "../*/c.yaml"), Error);
}

}  // namespace
}  // namespace celldrift::fleet::test
