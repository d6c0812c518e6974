// What a run does besides printing: budgets, origins of lines, what differs from run to run, calls
// of templates by functions.
#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/template.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace celldrift;
using namespace celldrift::gotemplate;

namespace {

std::string point_text(const Any&) {
  return "P(1,2)";
}
Any point_x(const Call&) {
  return Any::integer(1);
}
Any point_scaled(const Call& call) {
  return Any::integer(call[1].as_int() * 2);
}
constexpr Function point_fields[] = {{"X", {}, false, &int_type, point_x}};
constexpr Function point_hidden[] = {{"z", {}, false, &int_type, point_x}};
extern const Type point_type;
constexpr Function point_methods[] = {
    {"Scaled", takes<interface_type, int_type>, false, &int_type, point_scaled}};
const Type point_type{.kind = Kind::structure,
                      .name = "geo.Point",
                      .fields = point_fields,
                      .methods = point_methods,
                      .hidden = point_hidden,
                      .text = point_text};

Any include(const Call& call) {
  return call.heap.string(call.executor->include(call[0].as_string(), call[1]));
}
Any tpl(const Call& call) {
  return call.heap.string(call.executor->run_text("tpl", call[0].as_string(), call[1]));
}
Any now(const Call&) {
  return Any::integer(42);
}
Any upper(const Call& call) {
  return call[0];
}
Any pair(const Call& call) {
  return call.heap.make_list({call[0], call[1]});
}
Any set(const Call& call) {
  call[0].map_node()->set(call[1].as_string(), call[2]);
  return call[0];
}
Any fail(const Call& call) {
  throw Error(ErrorCode::config, std::string(call[0].as_string()));
}
Any point(const Call&) {
  return Any::object(point_type, &point_type);
}
constexpr Function functions[] = {
    {"include", takes<string_type, interface_type>, false, &string_type, include},
    {"tpl", takes<string_type, interface_type>, false, &string_type, tpl},
    {"now", {}, false, &int_type, now, Determinism::varies},
    {"upper", takes<interface_type>, false, &interface_type, upper},
    {"pair", takes<interface_type, interface_type>, false, &list_type, pair},
    {"set", takes<map_type, string_type, interface_type>, false, &map_type, set},
    {"fail", takes<string_type>, false, &string_type, fail},
    {"point", {}, false, &point_type, point},
};

const FunctionTable& table() {
  static const FunctionTable made = [] {
    FunctionTable result;
    result.add(functions);
    return result;
  }();
  return made;
}

Output run(std::string_view text, const RunOptions& options) {
  TemplateSet set(table());
  Heap heap;
  set.parse("t", text);
  const Value data = Value::map({{"name", Value::string("web")}, {"map", Value::map({})}});
  return set.execute("t", heap.from_value(data), heap, options);
}

std::string text_of(std::string_view text) {
  try {
    return run(text, {}).text;
  } catch (const Error& error) {
    return error.message();
  }
}

// "1 2 2v": the template lines of the output's lines, "v" for volatile ones.
std::string origins(std::string_view text) {
  RunOptions options;
  options.trace_lines = true;
  std::string result;
  for (const LineOrigin& origin : run(text, options).lines) {
    result += (result.empty() ? "" : " ") + std::to_string(origin.line);
    result += origin.is_volatile ? "v" : "";
  }
  return result;
}

bool is_over_limit(std::string_view text, const Limits& limits) {
  RunOptions options;
  options.limits = limits;
  try {
    run(text, options);
    return false;
  } catch (const Error& error) {
    return error.code() == ErrorCode::limit;
  }
}

std::string repeated(std::string_view part, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) {
    result += part;
  }
  return result;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

}  // namespace

TEST_CASE("values with fields and methods are used as Go's") {
  const Case cases[] = {
      {"{{point}} {{(point).X}} {{(point).Scaled 4}} {{4 | (point).Scaled}}", "P(1,2) 1 8 8"},
      {"{{(point).Y}}",
       "template: t:1:3: executing \"t\" at <point>: can't evaluate field Y in type geo.Point"},
      {"{{printf \"%d %+d\" (point) (point)}}", "{1 1} {+1 +1}"},
      {"{{(point).z}}",
       "template: t:1:3: executing \"t\" at <point>: z is an unexported field of struct type "
       "geo.Point"},
      {"{{(point).X 1}}",
       "template: t:1:3: executing \"t\" at <point>: X has arguments but cannot be invoked as "
       "function"},
      {"{{(point).Scaled}}",
       "template: t:1:3: executing \"t\" at <point>: wrong number of args for Scaled: "
       "want "
       "1 got 0"},
      {"{{(point).Scaled \"a\"}}",
       "template: t:1:17: executing \"t\" at <\"a\">: expected integer; found \"a\""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(text_of(c.text) == c.expected);
  }
}

TEST_CASE("functions run templates within the run that calls them") {
  const Case cases[] = {
      {"{{define \"x\"}}<{{.}}>{{end}}{{include \"x\" .name}}", "<web>"},
      {"{{define \"x\"}}<{{.}}>{{end}}{{tpl \"{{template \\\"x\\\" .}}\" .name}}", "<web>"},
      {"{{$a := 1}}{{tpl \"{{$a := 2}}{{$a}}\" .}}{{$a}}", "21"},
      {"{{define \"x\"}}{{.a.b}}{{end}}\n{{include \"x\" .name}}",
       "template: t:2:2: executing \"t\" at <include \"x\" .name>: error calling include: "
       "template: "
       "t:1:18: executing \"x\" at <.a.b>: can't evaluate field a in type string"},
      {"{{include \"y\" .}}",
       "template: t:1:2: executing \"t\" at <include \"y\" .>: error calling include: template: no "
       "template \"y\" associated with template \"\""},
      {"{{fail \"no\"}}",
       "template: t:1:2: executing \"t\" at <fail \"no\">: error calling fail: no"},
      {"{{set .map \"k\" 1 | upper}} {{.map.k}}", "map[k:1] 1"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(text_of(c.text) == c.expected);
  }
}

TEST_CASE("each line of output is told its template line") {
  const Case cases[] = {
      {"a\nb\n\nc", "1 2 3 4"},
      {"a\n{{- if true}}\nb\n{{- end}}\nc\n", "1 3 5"},
      {"{{range 2}}x: {{.}}\n{{end}}", "1 1"},
      {"  {{if true}}\n  y\n{{end}}", "1 2"},
      {"{{define \"d\"}}p\nq{{end}}a\n{{template \"d\"}}", "2 3 3"},
      {"{{print \"x\\ny\"}}\nz", "1 1 2"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(origins(c.text) == c.expected);
  }
}

TEST_CASE("what differs from run to run marks its lines") {
  const Case cases[] = {
      {"a\n{{now}}\nb", "1 2v 3"},
      {"{{$x := now}}\n{{$x | upper}}\n{{pair 1 $x}}\n{{pair 1 2}}", "1 2v 3v 4"},
      {"{{if now}}\na\n{{end}}\nb", "1v 2v 3 4"},
      {"{{if eq now 1}}\na\n{{end}}b", "3v"},
      {"{{$x := 1}}{{if now}}{{$x = 2}}{{end}}\n{{$x}}", "1v 2v"},
      {"{{$m := set .map \"k\" now}}\n{{.map.k}}\n{{.name}}\n{{.map}}", "1 2v 3 4v"},
      {"{{define \"d\"}}{{now}}{{end}}\n{{include \"d\" .}}\n{{include \"t2\" .}}{{define "
       "\"t2\"}}a{{end}}",
       "1 2v 3"},
      {"{{range pair now 1}}\n{{.}}\n{{end}}", "1v 2v 1v 2v"},
      {"{{or now 2}}\n{{and 1 2}}", "1v 2"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(origins(c.text) == c.expected);
  }
}

TEST_CASE("a run ends at its budgets") {
  CHECK(is_over_limit("{{range 1000000}}{{end}}", {.steps = 1000}));
  CHECK(is_over_limit("{{range 100}}0123456789{{end}}", {.output_bytes = 500}));
  CHECK(is_over_limit("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}", {}));
  CHECK(is_over_limit("{{define \"x\"}}{{include \"x\" .}}{{end}}{{include \"x\" .}}", {}));
  CHECK(
      is_over_limit("{{tpl .name .}}{{define \"x\"}}{{tpl \"{{template \\\"x\\\" .}}\" .}}{{end}}"
                    "{{template \"x\" .}}",
                    {}));
  CHECK(is_over_limit("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}",
                      {.template_depth = 1'000'000}));
  CHECK_FALSE(is_over_limit("{{range 100}}0123456789{{end}}", {.output_bytes = 1000}));
}

TEST_CASE("texts that nest as deep as they please end neither the parser nor the program") {
  for (const int depth : {100, 10'000, 1'000'000}) {
    CAPTURE(depth);
    text_of(repeated("{{if true}}", depth) + "x" + repeated("{{end}}", depth));
    text_of("{{" + repeated("(", depth) + "1" + repeated(")", depth) + "}}");
    text_of("{{if 0}}" + repeated("{{else if 0}}", depth) + "{{end}}");
    text_of(repeated("{{define \"x\"}}", depth));
    text_of("{{" + repeated("not (", depth) + "1" + repeated(")", depth) + "}}");
    text_of("{{.name" + repeated(".x", depth) + "}}");
  }
  const int fine = 200;
  CHECK(text_of(repeated("{{if true}}", fine) + "x" + repeated("{{end}}", fine)) == "x");
  CHECK(text_of("{{" + repeated("(", fine) + "1" + repeated(")", fine) + "}}") == "1");
}

TEST_CASE("definitions replace earlier ones, but empty ones replace nothing") {
  TemplateSet set(table());
  set.parse("a", "{{define \"x\"}}1{{end}}");
  set.parse("b", "{{define \"x\"}} {{/* nothing */}} {{end}}{{template \"x\"}}");
  set.parse("c", "{{template \"x\"}}");
  Heap heap;
  CHECK(set.execute("c", {}, heap).text == "1");
  set.parse("d", "{{define \"x\"}}2{{end}}");
  CHECK(set.execute("c", {}, heap).text == "2");
  CHECK(set.has("d"));
  CHECK_FALSE(set.has("e"));
  CHECK_THROWS_AS(set.parse("e", "{{define \"y\"}}1{{end}}{{define \"y\"}}2{{end}}"), Error);
}

TEST_CASE("a set is run by many threads at once") {
  TemplateSet set(table());
  set.parse(
      "t",
      "{{range $i, $x := .list}}{{$i}}{{$x}}{{end}}{{template \"d\" .}}{{define \"d\"}}!{{end}}");
  const Value data = Value::map({{"list", Value::list({Value::string("a"), Value::string("b")})}});
  std::vector<std::string> texts(8);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        Heap heap;
        text = set.execute("t", heap.from_value(data), heap).text;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const std::string& text : texts) {
    CHECK(text == "0a1b!");
  }
}

TEST_CASE("options are read as Go reads them") {
  CHECK(read_option("missingkey=error") == MissingKey::error);
  CHECK(read_option("missingkey=invalid") == MissingKey::default_);
  for (const std::string_view bad : {"", "missingkey", "missingkey=x", "a=b"}) {
    CHECK_THROWS_AS(read_option(bad), Error);
  }
}
