#include "celldrift/core/utf8.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("bytes that are not UTF-8 count one by one, as in Go") {
  CHECK(utf8::text(utf8::points("a\xff\xe4\xb8z")) == "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
  CHECK(utf8::count("\xed\xa0\x80") == 3);      // a surrogate
  CHECK(utf8::count("\xc0\x80") == 2);          // overlong
  CHECK(utf8::count("\xf4\x90\x80\x80") == 4);  // past U+10FFFF
  CHECK_FALSE(utf8::is_valid("\xe4\xb8"));
  CHECK(utf8::is_valid("\xef\xbf\xbd"));
}

TEST_CASE("the last code point is found from behind") {
  CHECK(utf8::decode_last("x\xe4\xb8\xad").point == 0x4E2D);
  CHECK(utf8::decode_last("x\xb8").length == 1);
  CHECK(utf8::decode_last("").length == 0);
}

TEST_CASE("letters change case one by one, never into several") {
  struct Case {
    std::string_view text, upper, lower;
  };
  const Case cases[] = {
      {"straße", "STRAßE", "straße"},
      {"ǆǅǄ", "ǄǄǄ", "ǆǆǆ"},
      {"İı", "İI", "iı"},
      {"ĀāĂă", "ĀĀĂĂ", "āāăă"},
      {"ΣΑΣ", "ΣΑΣ", "σασ"},
      {"a\xff", "A\xef\xbf\xbd", "a\xef\xbf\xbd"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(utf8::upper(c.text) == c.upper);
    CHECK(utf8::lower(c.text) == c.lower);
  }
}

TEST_CASE("blanks around a text are Unicode's") {
  CHECK(utf8::trim_space("\u2003 a b\u00a0\n") == "a b");
  CHECK(utf8::trim_space("\u2003\n") == "");
}
