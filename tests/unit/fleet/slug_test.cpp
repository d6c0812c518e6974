#include "fleet/templates/slug.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/templates/transliterate.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace celldrift::fleet;

TEST_CASE("slugs are gosimple/slug's") {
  struct Case {
    std::string_view text;
    std::int64_t max_length;
    Truncate truncate;
    std::string_view expected;
  };
  const Case cases[] = {
      {"Feature/Some_Branch", 50, Truncate::smart, "feature-some_branch"},
      {"the quick brown fox jumps over the lazy dog and runs away",
       50,
       Truncate::smart,
       "the-quick-brown-fox-jumps-over-the-lazy-dog-and"},
      {"the quick brown fox jumps over the lazy dog and runs away",
       50,
       Truncate::hard,
       "the-quick-brown-fox-jumps-over-the-lazy-dog-and-ru"},
      {"Straße & Äpfel @ Küche", 50, Truncate::smart, "strasse-and-apfel-at-kuche"},
      {"日本語", 50, Truncate::smart, "ri-ben-yu"},
      {"한국어 “quotes” it’s", 50, Truncate::smart, "hangugeo-quotes-its"},
      {"a—b–c--d", 50, Truncate::smart, "a-b-c-d"},
      {"  _x_  ", 50, Truncate::smart, "x"},
      {"Ελληνικά Привет", 20, Truncate::smart, "ellenika-privet"},
      {"averylongwordwithoutanydash", 10, Truncate::smart, "averylongw"},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       0,
       Truncate::smart,
       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
      {"😀", 50, Truncate::smart, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(slug(c.text, {.max_length = c.max_length, .truncate = c.truncate}) == c.expected);
  }
}

TEST_CASE("a branch's slug has no underscores") {
  CHECK(branch_slug("feature/some_new_branch") == "feature-some-new-branch");
  CHECK(branch_slug("renovate/major_2.x") == "renovate-major-2-x");
  CHECK(branch_slug("Über_großer/Zweig") == "uber-grosser-zweig");
}

TEST_CASE("a hard cut at a negative length fails as Go's slices do") {
  CHECK_THROWS_WITH_AS(slug("abc", {.max_length = -2, .truncate = Truncate::hard}),
                       "runtime error: slice bounds out of range [:-2]",
                       Error);
}

TEST_CASE("characters that have no ASCII form are left out") {
  CHECK(transliterate("a\xF0\x9F\x98\x80\xEE\x80\x80"
                      "b") == "ab");
  CHECK(transliterate("각힣") == "gaghih");
}
