#include "celldrift/gotemplate/format.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace celldrift;
using namespace celldrift::gotemplate;

namespace {

Heap heap;

Any text(std::string_view content) {
  return Any::string(content);
}

Any sample_map() {
  const Any map = heap.make_map();
  map.map_node()->set("b", Any::real(1.5));
  map.map_node()->set("a", Any::string("x"));
  map.map_node()->set("c", Any());
  return map;
}

Any sample_list() {
  return heap.make_list({Any::integer(1), text("a"), Any(), heap.make_strings({"y"})});
}

Any bytes(std::string_view content) {
  std::vector<Any> items;
  for (const char c : content) {
    items.push_back(Any::unsigned_integer(static_cast<unsigned char>(c), uint8_type));
  }
  return heap.make_list(std::move(items), byte_list_type);
}

struct Case {
  std::string_view format;
  std::vector<Any> arguments;
  std::string_view expected;  // what Go 1.26 prints
};

}  // namespace

TEST_CASE("printf prints what Go's does") {
  const Case cases[] = {
      // integers
      {"%d|%5d|%-5d|%05d|%+d|% d",
       {Any::integer(42),
        Any::integer(42),
        Any::integer(42),
        Any::integer(-42),
        Any::integer(42),
        Any::integer(42)},
       "42|   42|42   |-0042|+42| 42"},
      {"%b %o %O %#o %x %#X %U %#U %c %q",
       {Any::integer(5),
        Any::integer(8),
        Any::integer(8),
        Any::integer(8),
        Any::integer(255),
        Any::integer(255),
        Any::integer(0x4e16),
        Any::integer(0x4e16),
        Any::integer('x'),
        Any::integer('\n')},
       "101 10 0o10 010 ff 0XFF U+4E16 U+4E16 '世' x '\\n'"},
      {"%.3d|%.0d|%8.3d", {Any::integer(7), Any::integer(0), Any::integer(-7)}, "007||    -007"},
      // reals
      {"%v %v %v %v",
       {Any::real(100000), Any::real(1000000), Any::real(1e-5), Any::real(2)},
       "100000 1e+06 1e-05 2"},
      {"%f %.1f %e %g %G %6.2f|%-8.1f|%+.1f",
       {Any::real(1.5),
        Any::real(0.25),
        Any::real(1234.5),
        Any::real(1e21),
        Any::real(1e-7),
        Any::real(3.14159),
        Any::real(2),
        Any::real(2)},
       "1.500000 0.2 1.234500e+03 1e+21 1E-07   3.14|2.0     |+2.0"},
      {"%08.3f %v %5v %x %b",
       {Any::real(-3.14159), Any::real(INFINITY), Any::real(NAN), Any::real(1), Any::real(1)},
       "-003.142 +Inf   NaN 0x1p+00 4503599627370496p-52"},
      {"%v %.2f", {heap.complex({1, -2.5}), heap.complex({1, -2.5})}, "(1-2.5i) (1.00-2.50i)"},
      // texts
      {"%s|%5s|%-5s|%.2s|%q|%x|% X|%#q",
       {text("hi"),
        text("hi"),
        text("hi"),
        text("héllo"),
        text("a\"b\n"),
        text("hi"),
        text("hi"),
        text("hi")},
       "hi|   hi|hi   |hé|\"a\\\"b\\n\"|6869|68 69|`hi`"},
      {"%+q %q", {text("世\xff"), text("\u200b\x01")}, "\"\\u4e16\\xff\" \"\\u200b\\x01\""},
      {"%s %x %v %d",
       {bytes("hi"), bytes("hi"), bytes("hi"), bytes("hi")},
       "hi 6869 [104 105] [104 105]"},
      // lists and maps
      {"%v %+v %s",
       {sample_map(), sample_map(), sample_list()},
       "map[a:x b:1.5 c:<nil>] map[a:x b:1.5 c:<nil>] [%!s(int=1) a <nil> [y]]"},
      {"%#v",
       {sample_map()},
       "map[string]interface {}{\"a\":\"x\", \"b\":1.5, \"c\":interface {}(nil)}"},
      {"%#v %T",
       {sample_list(), sample_list()},
       "[]interface {}{1, \"a\", interface {}(nil), []string{\"y\"}} []interface {}"},
      {"%v %#v",
       {Any::slice(list_type, nullptr), Any::map(map_type, nullptr)},
       "[] map[string]interface {}(nil)"},
      // what is wrong
      {"%d %s %t", {text("x"), Any::integer(1), Any()}, "%!d(string=x) %!s(int=1) %!t(<nil>)"},
      {"%d", {Any::real(1), text("more")}, "%!d(float64=1)%!(EXTRA string=more)"},
      {"%d %d", {Any::integer(1)}, "1 %!d(MISSING)"},
      {"%[2]d %[1]d %[3]d", {Any::integer(1), Any::integer(2)}, "2 1 %!d(BADINDEX)"},
      {"%*d|%-*d|%.*f|%*d",
       {Any::integer(4),
        Any::integer(1),
        Any::integer(4),
        Any::integer(1),
        Any::integer(1),
        Any::real(2),
        text("w"),
        Any::integer(1)},
       "   1|1   |2.0|%!(BADWIDTH)1"},
      {"%.*d %", {text("p"), Any::integer(1)}, "%!(BADPREC)1 %!(NOVERB)"},
      {"%z %! 100%%", {Any::integer(1), Any::integer(2)}, "%!z(int=1) %!!(int=2) 100%"},
      {"%v %s %T", {Any(), Any(), Any()}, "<nil> %!s(<nil>) <nil>"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.format);
    CHECK(sprintf(c.format, c.arguments) == c.expected);
  }
}

TEST_CASE("print puts blanks between two that are not text, println everywhere") {
  const Any values[] = {
      Any::integer(1), Any::integer(2), text("a"), text("b"), Any::integer(3), Any()};
  CHECK(sprint(values) == "1 2ab3 <nil>");
  CHECK(sprintln(values) == "1 2 a b 3 <nil>\n");
}

TEST_CASE("a map that holds itself is an error, not endless") {
  const Any loop = heap.make_map();
  loop.map_node()->set("self", loop);
  CHECK_THROWS_AS(format_value(loop), Error);
}
