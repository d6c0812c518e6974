#include "compare/argo/jq.hpp"

#include "celldrift/core/parallel.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace celldrift;
using compare::jq_delete;
using Kind = compare::JqAnswer::Kind;

namespace {

Value object(std::string_view yaml) {
  return yaml::parse(yaml).value;
}

}  // namespace

TEST_CASE("an expression takes what its paths name") {
  struct Case {
    const char* expression;
    const char* object;
    const char* left;
  };
  const Case cases[] = {
      {".spec.replicas", "{spec: {replicas: 1, a: 2}}", "{spec: {a: 2}}"},
      {".spec.none.at.all", "{spec: {a: 2}}", "{spec: {a: 2}}"},
      {".l[] | select(.name == \"b\")", "{l: [{name: a}, {name: b}]}", "{l: [{name: a}]}"},
      {".l[].x", "{l: [{name: a, x: 1}, {name: b, x: 2}]}", "{l: [{name: a}, {name: b}]}"},
      {".l[1:]", "{l: [1, 2, 3]}", "{l: [1]}"},
      {".l[-1]", "{l: [1, 2, 3]}", "{l: [1, 2]}"},
      {".a, .b", "{a: 1, b: 2, c: 3}", "{c: 3}"},
      {".metadata.annotations[\"a.b/c\"]",
       "{metadata: {annotations: {a.b/c: 1, d: 2}}}",
       "{metadata: {annotations: {d: 2}}}"},
      {".m | to_entries[] | .key", "{m: {a: 1}}", "{m: {a: 1}}"},  // no path: it fails
      {"first(.l[])", "{l: [1, 2]}", "{l: [2]}"},
      {"if .a then .b else .c end", "{a: 1, b: 2, c: 3}", "{a: 1, c: 3}"},
      {".l[] | select(.k | test(\"^a+$\"))", "{l: [{k: aa}, {k: ab}]}", "{l: [{k: ab}]}"},
      {".l[] | select(.k | test(\"(?i)^A\"; \"g\"))", "{l: [{k: aa}]}", "{l: []}"},
      // two deletions, as people write who have found out how Argo CD puts it
      {".a) | del(.b", "{a: 1, b: 2, c: 3}", "{c: 3}"},
      {".. | .x?", "{a: {x: 1, b: {x: 2}}, x: 3}", "{a: {b: {}}}"},
      {".a | select($ENV.PATH)", "{a: 1}", "{a: 1}"},
      {".a | select(env.PATH)", "{a: 1}", "{a: 1}"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.expression);
    const compare::JqAnswer answer = jq_delete(c.expression, object(c.object));
    const Value left = answer.kind == Kind::value ? answer.value : object(c.object);
    CHECK(yaml::canonical_json(left) == yaml::canonical_json(object(c.left)));
  }
}

TEST_CASE(
    "what an expression leaves keeps its lines, its large numbers and the order of its keys") {
  const Value before = yaml::parse("z: 9007199254740993\na: [1, {k: v}, 3]\nm: 1.5\n").value;
  const compare::JqAnswer answer = jq_delete(".a[0]", before);
  REQUIRE(answer.kind == Kind::value);
  CHECK(yaml::emit(answer.value) == "z: 9007199254740993\na:\n- k: v\n- 3\nm: 1.5\n");
  CHECK(answer.value.find("m")->mark() == before.find("m")->mark());
  CHECK(answer.value.find("a")->items()[0].mark() == before.find("a")->items()[1].mark());
}

TEST_CASE("expressions that Argo CD refuses are refused") {
  for (const char* expression : {".a[",
                                 "",
                                 "nosuch(.a)",
                                 "$nosuch",
                                 "input",
                                 "inputs",
                                 "keys_unsorted",
                                 "input_filename",
                                 "input_line_number",
                                 "get_search_list",
                                 "import \"a\" as a; .",
                                 "debug",
                                 "stderr",
                                 ".a # a comment to the end"}) {
    CAPTURE(expression);
    CHECK(compare::jq_refusal(expression).has_value());
    CHECK(jq_delete(expression, object("{a: 1}")).kind == Kind::refused);
  }
  CHECK(!compare::jq_refusal(".a"));
}

TEST_CASE("an expression that fails on an object says so") {
  for (const char* expression : {".a | error", ".a.b.c", ".a[]"}) {
    CAPTURE(expression);
    CHECK(jq_delete(expression, object("{a: text}")).kind == Kind::failed);
  }
}

// Held to gojq by tests/oracles/argo_diff.
TEST_CASE("an expression that Argo CD's jq may understand differently is not evaluated") {
  for (const char* expression : {"last(.l[])",
                                 ".l | map(.x)",
                                 ".a == 1",
                                 ".a and true",
                                 ".[(.m | keys[])]?",
                                 ".m as {x: $x} | .l",
                                 ".m as [$x] ?// {x: $x} | .l",
                                 ".l[] |= empty",
                                 ".l[] | select(isnan | not)",
                                 ".l[0]?",
                                 ".l[] | select(.[0] == \"a\")",
                                 "del(.a)",
                                 ".a) | (.b",
                                 "1"}) {
    CAPTURE(expression);
    CHECK(jq_delete(expression, object("{a: 1, l: [1], m: {x: 1}}")).kind == Kind::stopped);
  }
  CHECK(jq_delete(".t[0]", object("{t: text}")).kind == Kind::stopped);
}

TEST_CASE("an expression that takes too long, too much or too deep is stopped") {
  for (const char* expression : {"recurse(.)",
                                 "limit(1000000000; recurse(.))",
                                 "select(\"x\" * 1000000000 == .a)",
                                 "[range(1e9)]",
                                 "last(range(1e12))",
                                 "def f: f; f",
                                 "def f: 1 + f; f",
                                 "[recurse(.)]",
                                 "reduce range(1e9) as $i (0; [.])",
                                 "reduce range(200000) as $i (0; [.]) | . == .",
                                 "[limit(1e8; repeat(\"x\"))] | add",
                                 "\"x\" * 1e9",
                                 "[\"a\"] | implode",
                                 "[.[]?] | until(false; . + .)",
                                 "(reduce range(60) as $i (0; [., .])) as $x | "
                                 "(reduce range(60) as $i (0; [., .])) == $x"}) {
    CAPTURE(expression);
    const compare::JqAnswer answer = jq_delete(expression, object("{a: 1}"));
    CHECK(answer.kind != Kind::value);
    CHECK(!answer.why.empty());
  }
  // and leaves nothing behind
  CHECK(jq_delete(".a", object("{a: 1}")).kind == Kind::value);
}

TEST_CASE("an array's index is bounded") {
  CHECK(jq_delete("(.l[1431655765] = 1) | .l", object("{l: [1]}")).kind != Kind::value);
  CHECK(jq_delete("(.l[536870911] = 1) | .l", object("{l: [1]}")).kind != Kind::value);
}

TEST_CASE("many threads run expressions at once") {
  std::vector<int> right(64);
  for_each_index(right.size(), 8, [&](std::size_t i) {
    const std::string expression = ".k" + std::to_string(i % 5);
    const auto answer = jq_delete(expression, object("{k0: 1, k1: 1, k2: 1, k3: 1, k4: 1}"));
    right[i] = answer.kind == Kind::value && answer.value.size() == 4 ? 1 : 0;
  });
  CHECK(std::count(right.begin(), right.end(), 1) == 64);
}
