#include "report/page/cutting.hpp"

#include "report/page/utf8.hpp"
#include "report/sides/nature.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace celldrift::report {
namespace {

TEST_CASE("long texts keep their start and their end") {
  CHECK(cut_middle("short", 10) == "short");
  CHECK(cut_middle("abcdefghijklmnop", 10) == "abcdef…nop");
  CHECK(cut_middle("abc", 2) == "a…");
  CHECK(cut_middle("日本語日本語日本語", 9) == "日本語…語");
}

TEST_CASE("of two long texts the place where they part is shown") {
  const std::string start(100, 'a');
  const std::string end(100, 'z');
  const CutPair cut = cut_around_difference(start + "one" + end, start + "two" + end, 24);
  CHECK(cut.want == "…aaaaaaonezzzzzzzzzzzzz…");
  CHECK(cut.have == "…aaaaaatwozzzzzzzzzzzzz…");
}

TEST_CASE("cut texts fit, stay valid, and differ where the texts do") {
  std::mt19937 random(3);
  const std::string pieces[] = {"a", "b", "日", "é", " ", "xyz"};
  const auto text = [&] {
    std::string result;
    for (std::size_t i = random() % 60; i > 0; --i) {
      result += pieces[random() % std::size(pieces)];
    }
    return result;
  };
  for (int i = 0; i < 2000; ++i) {
    const std::string common = text();
    const std::string want = common + text() + common;
    const std::string have = common + text() + common;
    const std::size_t limit = 12 + random() % 60;
    const CutPair cut = cut_around_difference(want, have, limit);
    CAPTURE(want);
    CAPTURE(have);
    CHECK(columns(cut.want) <= limit);
    CHECK(columns(cut.have) <= limit);
    for (std::string_view rest = cut.want; !rest.empty();) {
      const Character next = first_character(rest);
      CHECK(next.valid);
      rest.remove_prefix(next.length);
    }
  }
}

TEST_CASE("differences that a reader could overlook are told in words") {
  struct Case {
    std::string_view want;
    std::string_view have;
    std::string_view expected;
  };
  const Case cases[] = {
      {"a\nb\n", "a\r\nb\r\n", "only line ends differ, CRLF in the cell"},
      {"a\r\n", "a\n", "only line ends differ, CRLF in Git"},
      {"a\n", "a", "only line ends at the end differ"},
      {"a\n", "a\n\n", "only line ends at the end differ"},
      {"a b", "a  b", "only blanks differ"},
      {"a:\n  b", "a:\n\tb", "only blanks differ"},
      {"a b",
       "a\xc2\xa0"
       "b",
       "only characters that cannot be seen differ"},
      {"ab",
       "a\xe2\x80\x8b"
       "b",
       "only characters that cannot be seen differ"},
      {"ab",
       "\xef\xbb\xbf"
       "ab",
       "only characters that cannot be seen differ"},
      {"ab", "abc", ""},
      {"ab", "AB", ""},
      {"ab", "ba", ""},
  };
  for (const Case& test : cases) {
    CAPTURE(test.want);
    CHECK(nature_of(test.want, test.have) == test.expected);
  }
}

}  // namespace
}  // namespace celldrift::report
