#include "celldrift/core/error.hpp"
#include "celldrift/regexp/regexp.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using regexp::Regexp;

TEST_CASE("a pattern that Go refuses is refused in Go's words") {
  struct Case {
    std::string_view pattern;
    std::string_view problem;
    std::string_view part;
  };
  const Case cases[] = {
      // groups
      {"(a", "missing closing )", "(a"},
      {"a)", "unexpected )", "a)"},
      {"(?i", "invalid or unsupported Perl syntax", "(?i"},
      {"(?=a)", "invalid or unsupported Perl syntax", "(?="},
      {"(?P=n)", "invalid or unsupported Perl syntax", "(?P"},
      {"(?i-)", "invalid or unsupported Perl syntax", "(?i-)"},
      {"(?P<n", "invalid named capture", "(?P<n"},
      {"(?P<a-b>c)", "invalid named capture", "(?P<a-b>"},
      {"(?<>c)", "invalid named capture", "(?<>"},
      // classes
      {"[a", "missing closing ]", "[a"},
      {"x[]", "missing closing ]", "[]"},
      {"[z-a]", "invalid character class range", "z-a"},
      {"[[:foo:]]", "invalid character class range", "[:foo:]"},
      {"\\p{Foo}", "invalid character class range", "\\p{Foo}"},
      {"\\pX", "invalid character class range", "\\pX"},
      {"\\p{Lu", "invalid character class range", "\\p{Lu"},
      // repetitions
      {"*", "missing argument to repetition operator", "*"},
      {"a|*?", "missing argument to repetition operator", "*?"},
      {"a**", "invalid nested repetition operator", "**"},
      {"a{2}+?b", "invalid nested repetition operator", "{2}+?"},
      {"a{1001}", "invalid repeat count", "{1001}"},
      {"a{2,1}", "invalid repeat count", "{2,1}"},
      {"(a{100}){11}?", "invalid repeat count", "{11}?"},
      // escapes
      {"a\\", "trailing backslash at end of expression", ""},
      {"\\C", "invalid escape sequence", "\\C"},
      {"\\Z", "invalid escape sequence", "\\Z"},
      {"\\1", "invalid escape sequence", "\\1"},
      {"\\x{110000}", "invalid escape sequence", "\\x{110000"},
      {"[\\b]", "invalid escape sequence", "\\b"},
      // characters
      {"a\xff!", "invalid UTF-8", "\xff!"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    const auto message =
        "error parsing regexp: " + std::string(c.problem) + ": `" + std::string(c.part) + "`";
    try {
      const Regexp regexp(c.pattern);
      FAIL_CHECK("accepted");
    } catch (const Error& error) {
      CHECK(error.message() == message);
    }
  }
}

TEST_CASE("nesting and size are limited as in Go") {
  const auto nested = [](int depth) {
    return std::string(std::size_t(depth), '(') + "a" + std::string(std::size_t(depth), ')');
  };
  CHECK(Regexp(nested(999)).matches("a"));
  const auto deep = nested(1000);
  CHECK_THROWS_WITH_AS(
      Regexp{deep},
      ("error parsing regexp: expression nests too deeply: `" + deep + "`").c_str(),
      Error);
  std::string large;
  for (int i = 0; i < 4000; ++i) {
    large += "a{1000}b";
  }
  CHECK_THROWS_AS(Regexp{large}, Error);
  CHECK_THROWS_AS(Regexp{std::string(2'000'000, '(')}, Error);
}

TEST_CASE("patterns mean what they mean in Go") {
  struct Case {
    const char* pattern;
    const char* text;
    bool matches;
  };
  const Case cases[] = {
      {"", "", true},
      {"^a$", "a\n", false},  // $ is the very end
      {"(?m)^b$", "a\nb\nc", true},
      {"a.b", "a\nb", false},
      {"(?s)a.b", "a\nb", true},
      {"[^a]", "\n", true},
      {"(?i)k", "\xE2\x84\xAA", true},  // the Kelvin sign
      {"(?i)(?-i:k)", "K", false},
      {"\\p{greek}", "\xCE\xB1", true},
      {"\\p{^Greek}", "\xCE\xB1", false},
      {"\\p{Letter}", "\xE4\xB8\x96", true},
      {"[[:^alpha:]]", "a", false},
      {"a{,2}", "a{,2}", true},  // no repetition
      {"\\Qa.b\\E+", "a.bbb", true},
      {"(?P<n>a)(?<n>b)", "ab", true},  // names may repeat
      {"a{0}b", "b", true},
      {"a*(?i)*", "", true},
      {"x{1000}", "x", false},
      {"\\x{D800}", "\xEF\xBF\xBD", false},
      {"[^\\x00-\\x{10FFFF}]", "a", false},
      {"\\B", "\xC3\xA9", true},
      {"a\\B\\B", "a\xC3\xA9", false},
      {"^a(b|\\B)", "a\xC3\xA9", false},
      {".", "\xff", true},  // a byte that is no character is one
      {"^.{3}$", "\xED\xA0\x80", true},
      {"\\x{FFFD}", "\xff", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern);
    CHECK(Regexp(c.pattern).matches(c.text) == c.matches);
  }
}
