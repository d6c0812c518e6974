#include "fleet/params.hpp"

#include "celldrift/gotemplate/format.hpp"
#include "fleet/generators/combine.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

using gotemplate::Heap;

Params params_of(const std::string& text, Heap& heap, std::span<const TypedPlace> places = {}) {
  return made(yaml(text), {}, heap, places);
}

TEST_CASE("nested parameters are selected by as flat texts") {
  Heap heap;
  const TypedPlace places[] = {{{"l"}, &gotemplate::string_list_type},
                               {{"v"}, &gotemplate::string_map_type}};
  const Params params = params_of(
      "{a: {b: [1, {c: x}], e: {}}, l: [x, z], m: null, v: {k: w}, c: 1234567}", heap, places);
  CHECK(flattened(params.values) == FlatParams{{"a.b.0", "1"},
                                               {"a.b.1.c", "x"},
                                               {"c", "1.234567e+06"},
                                               {"l", "[x z]"},
                                               {"m", "<nil>"},
                                               {"v.k", "w"}});
}

TEST_CASE("one key is found as all of them are flattened") {
  Heap heap;
  const TypedPlace places[] = {{{"l"}, &gotemplate::string_list_type},
                               {{"v"}, &gotemplate::string_map_type}};
  const Params params = params_of(
      "{a: {b: [1, {c: x}], '': y, b.c: {d: 1}}, a.b: first, a.b.0: last, l: [x], m: null, v: {k: "
      "w}}",
      heap,
      places);
  for (const auto& [key, text] : flattened(params.values)) {
    CAPTURE(key);
    CHECK(flattened_at(params.values, key) == text);
  }
  for (const char* const key :
       {"a", "a.b.1", "a.b.2", "a.b.00", "l.0", "v", "", ".", "a.b.1.c.x"}) {
    CAPTURE(key);
    CHECK(flattened_at(params.values, key) == std::nullopt);
  }
}

TEST_CASE("a deep merge follows mergo") {
  struct Case {
    const char* why;
    const char* base;
    const char* over;
    const char* result;
  };
  const Case cases[] = {
      {"a new key", "{a: 1}", "{b: 2}", "map[a:1 b:2]"},
      {"maps are united", "{a: {x: 1, z: 2}}", "{a: {z: 3}}", "map[a:map[x:1 z:3]]"},
      {"an empty map changes nothing", "{a: {x: 1}}", "{a: {}}", "map[a:map[x:1]]"},
      {"lists are replaced", "{a: [1, 2]}", "{a: []}", "map[a:[]]"},
      {"empty scalars count",
       "{a: x, b: 1, c: true}",
       "{a: '', b: 0, c: false}",
       "map[a: b:0 c:false]"},
      {"null counts", "{a: x}", "{a: null}", "map[a:<nil>]"},
      {"a map over a text", "{a: x}", "{a: {b: 1}}", "map[a:map[b:1]]"},
      {"a text over a map", "{a: {b: 1}}", "{a: x}", "map[a:x]"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.why);
    Heap heap;
    Params base = params_of(one.base, heap);
    override_deeply(base, params_of(one.over, heap), heap);
    CHECK(gotemplate::format_value(base.values) == one.result);
    CHECK(gotemplate::to_value(base.values) ==
          gotemplate::to_value(made(base.origin, {}, heap).values));
  }
}

TEST_CASE("a map of strings takes no values of other types") {
  Heap heap;
  const TypedPlace places[] = {{{"values"}, &gotemplate::string_map_type}};
  Params base = params_of("{values: {a: x}}", heap, places);
  CHECK_THROWS_AS(override_deeply(base, params_of("{values: {a: y}}", heap), heap), Error);
  Params free = params_of("{values: {a: y}}", heap);
  override_deeply(free, params_of("{values: {a: x}}", heap, places), heap);
  CHECK(gotemplate::format_value(free.values) == "map[values:map[a:x]]");
}

TEST_CASE("a merge shares what only one side has") {
  Heap heap;
  const Params over = params_of("{a: {x: 1}}", heap);
  Params base = params_of("{}", heap);
  override_deeply(base, over, heap);
  over.values.map_node()->find("a")->map_node()->set("y", heap.string("seen"));
  CHECK(gotemplate::format_value(base.values) == "map[a:map[x:1 y:seen]]");
}

TEST_CASE("texts of two sets may repeat but not differ") {
  Heap heap;
  const Params a = params_of("{name: x, k: 1}", heap);
  const Params b = params_of("{name: x, m: [1, two]}", heap);
  CHECK(gotemplate::format_value(combined_texts(a, b, heap).values) == "map[k:1 m:[1 two] name:x]");
  CHECK_THROWS_WITH_AS(combined_texts(a, params_of("{k: 2}", heap), heap),
                       "found duplicate key k with different value, a: 1 ,b: 2",
                       Error);
}

}  // namespace
}  // namespace celldrift::fleet::test
