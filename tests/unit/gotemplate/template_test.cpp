#include "celldrift/gotemplate/template.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace celldrift::gotemplate;

namespace {

Value data() {
  return Value::map({
      {"name", Value::string("web")},
      {"count", Value::integer(3)},
      {"none", Value::null()},
      {"yes", Value::boolean(true)},
      {"list", Value::list({Value::string("a"), Value::string("b")})},
      {"map", Value::map({{"z", Value::integer(1)}, {"k", Value::string("v")}})},
  });
}

const FunctionTable& no_functions() {
  static const FunctionTable table;
  return table;
}

std::string run(std::string_view text, MissingKey missing_key = MissingKey::default_) {
  TemplateSet set(no_functions());
  Heap heap;
  RunOptions options;
  options.missing_key = missing_key;
  try {
    set.parse("t", text);
    return set.execute("t", heap.from_value(data()), heap, options).text;
  } catch (const Error& error) {
    return error.message();
  }
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

}  // namespace

TEST_CASE("actions print what Go's do") {
  const Case cases[] = {
      {"hello {{.name}}!", "hello web!"},
      {"{{.count}} {{.none}} {{.missing}} {{.yes}}", "3 <no value> <no value> true"},
      {"a {{- /* gone */ -}} b {{- 1 -}} c", "ab1c"},
      {"{{if .list}}y{{else}}n{{end}}{{if .missing}}y{{else if .yes}}z{{end}}", "yz"},
      {"{{range $i, $x := .list}}{{$i}}={{$x}},{{end}}", "0=a,1=b,"},
      {"{{range $k, $v := .map}}{{$k}}={{$v}},{{end}}", "k=v,z=1,"},
      {"{{range 3}}{{.}}{{end}}{{range .missing}}x{{else}}none{{end}}", "012none"},
      {"{{range $i, $x := .list}}{{if $i}}{{break}}{{end}}{{$x}}{{continue}}no{{end}}", "a"},
      {"{{with .map}}{{.k}}{{end}}{{with .missing}}x{{else with .name}}{{.}}{{end}}", "vweb"},
      {"{{$x := 1}}{{if true}}{{$x = 2}}{{$y := 3}}{{end}}{{$x}}", "2"},
      {"{{define \"d\"}}<{{.}}>{{end}}{{template \"d\" .name}}{{block \"b\" 5}}{{.}}{{end}}",
       "<web>5"},
      {"{{printf \"%s-%03d\" .name 7 | printf \"%q\"}}", "\"web-007\""},
      {"{{eq .name \"x\" \"web\"}} {{lt 1 2}} {{and .yes 0}} {{or .missing \"d\"}} {{not .yes}}",
       "true true 0 d false"},
      {"{{index .list 1}} {{index .map \"k\"}} {{len .map}} {{slice .name 1 2}}", "b v 2 e"},
      {"{{html \"<a>\"}} {{js \"'\"}} {{urlquery \"a b&\"}} {{print 1 2 \"x\"}}",
       "&lt;a&gt; \\' a+b%26 1 2x"},
      {"{{.map}} {{.list}} {{(index .list 0)}} {{(.map).k}}", "map[k:v z:1] [a b] a v"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(run(c.text) == c.expected);
  }
}

TEST_CASE("missing keys are treated as the option says") {
  CHECK(run("{{.missing}}", MissingKey::error) ==
        "template: t:1:2: executing \"t\" at <.missing>: map has no entry for key \"missing\"");
  CHECK(run("{{.missing}}", MissingKey::zero) == "<no value>");
  CHECK(run("{{.missing.x}}") == "<no value>");
}
