// Rule files: what they may say, and what is said of those that say something else.
#include "unit/audit/rules_inputs.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

TEST_CASE("a rule file says what it is about and what it does") {
  const Rules read = rules(R"(
schema: celldrift.rules/v1
about: of a test
rules:
  - name: restarts
    why: they change nothing
    match:
      kind: [Deployment, apps/StatefulSet]
      path: spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]
      cells: cell-*
      cellLabels: {tier: [prod, stage]}
      labels: app=web,!legacy
      not: {managerKind: controller}
    severity: note
  - {name: vpc, match: {path: spec.vpcId}, mustDiffer: true, sharedWithin: region}
  - {name: strict, match: {component: payments}, parity: require}
waivers:
  - {name: load-test, match: {cells: [cell-7]}, reason: until the migration, expires: 2026-12-24, owner: team-a, ticket: OPS-1}
budgets:
  - {name: one-minor, atMost: {minor: 1, age: 24h}, canaries: {cellLabels: tier=canary}}
  - {name: none, behind: none, canaries: cell-a}
waves:
  - {name: canary, cells: cell-a, soak: 30m}
  - {name: main, cellLabels: tier=prod}
)");
  REQUIRE(read.rules.size() == 3);
  CHECK(read.rules[0].severity == Severity::note);
  CHECK(describe(read.rules[0].mark()) == "rules.yaml:5");
  CHECK(read.rules[0].match.none_of.size() == 1);
  CHECK(read.rules[1].must_differ);
  CHECK(read.rules[1].shared_within == "region");
  CHECK(read.rules[2].severity == Severity::error);
  REQUIRE(read.waivers.size() == 1);
  CHECK(format_time(*read.waivers[0].expires) == "2026-12-25T00:00:00Z");
  REQUIRE(read.budgets.size() == 2);
  CHECK(read.budgets[0].age == std::chrono::hours(24));
  CHECK(read.budgets[0].minor == 1);
  CHECK(read.budgets[1].none_behind);
  REQUIRE(read.waves.size() == 2);
  CHECK(read.waves[0].soak == std::chrono::minutes(30));
  CHECK(read.waves[1].soak == std::chrono::seconds(0));
}

TEST_CASE("nothing is a rule file too") {
  CHECK(rules("").rules.empty());
  CHECK(rules("rules: []").rules.empty());
}

TEST_CASE("what is wrong is named with its place and what is allowed") {
  struct Case {
    const char* text;
    const char* error;
  };
  const Case cases[] = {
      {"rulez: []",
       "rules.yaml:1:1: a rule file has an unknown key \"rulez\"; did you mean \"rules\"?"},
      {"schema: v2", "rules.yaml:1:9: a rule file: schema must be celldrift.rules/v1, not \"v2\""},
      {"rules: {}", "rules.yaml:1:1: a rule file: rules must be a list, not map"},
      {"rules: [more.yaml]",
       "rules.yaml:1:9: rules: files can be named in celldrift.yaml only, not in a rule file"},
      {"rules:\n- severity: note", "rules.yaml:2:3: rules[0]: name is missing"},
      {"rules:\n- name: a b\n  severity: note",
       "rules.yaml:2:3: rules[0]: name must be letters, digits and any of -_./ (up to 100)"},
      {"rules:\n- {name: x}",
       "rules.yaml:2:3: rules: x does nothing: give it severity, parity or mustDiffer"},
      {"rules:\n- {name: x, severity: off}",
       "rules.yaml:2:23: rules: x: severity must be error, warning or note; to hide findings write "
       "a "
       "waiver, with a reason"},
      {"rules:\n- {name: x, severity: fatal}",
       "rules.yaml:2:23: rules: x: severity must be error, warning or note; to hide findings write "
       "a "
       "waiver, with a reason"},
      {"rules:\n- name: x\n  severity: note\n  match:\n    knid: Deployment",
       "rules.yaml:5:11: rules: x: match has an unknown key \"knid\"; did you mean \"kind\"?"},
      {"rules:\n- name: x\n  severity: note\n  match: {kind: 3}",
       "rules.yaml:4:17: rules: x: match: kind must be a string (quote it), not integer"},
      {"rules:\n- name: x\n  severity: note\n  match: {kind: []}", nullptr},
      {"rules:\n- name: x\n  severity: note\n  match: {category: skwe}",
       "rules.yaml:4:21: rules: x: match: category must be drift, skew, parity, missing, extra, "
       "gitops, "
       "isolation or rules, not \"skwe\""},
      {"rules:\n- name: x\n  severity: note\n  match: {managerKind: human}",
       "rules.yaml:4:24: rules: x: match: managerKind must be person, deploy-tool, controller, "
       "gitops, "
       "unknown or nobody, not \"human\""},
      {"rules:\n- name: x\n  severity: note\n  match: {path: spec.}",
       "rules.yaml:4:17: rules: x: match: path: \"spec.\" is no path: a name is missing"},
      {"rules:\n- name: x\n  severity: note\n  match: {labels: a in b}",
       "rules.yaml:4:19: rules: x: match: labels: label selector: \"a in b\": "},
      {"rules:\n- name: x\n  severity: note\n  match: {not: {not: {}}}",
       "rules: x: match: not has an unknown key \"not\""},
      {"rules:\n- {name: x, mustDiffer: true}",
       "rules.yaml:2:3: rules: x: match needs a path: mustDiffer is about the values there"},
      {"rules:\n- {name: x, mustDiffer: true, match: {path: a, category: drift}}",
       "rules: x: match: category is about findings; mustDiffer is about objects"},
      {"rules:\n- {name: x, mustDiffer: true, match: {path: a, not: {path: b}}}",
       "rules: x: match: not: path is about findings; mustDiffer is about objects"},
      {"rules:\n- {name: x, severity: note, sharedWithin: region}",
       "rules: x: sharedWithin means nothing without mustDiffer: true"},
      {"rules:\n- {name: x, parity: ignore, match: {path: a}}",
       "rules.yaml:2:3: rules: x: why is missing: say why it may differ undeclared"},
      {"rules:\n- {name: x, parity: ignore, why: so}",
       "rules.yaml:2:3: rules: x: match is missing: say what may differ"},
      {"rules:\n- {name: x, parity: maybe}",
       "rules.yaml:2:21: rules: x: parity must be ignore or require, not \"maybe\""},
      {"rules:\n- {name: x, severity: note}\n- {name: x, severity: error}",
       "rules.yaml:3:3: two rules are named \"x\"; the other one is at rules.yaml:2"},
      {"waivers:\n- {name: x, match: {kind: Deployment}}",
       "rules.yaml:2:3: waivers: x: reason is missing: nothing is hidden without one"},
      {"waivers:\n- {name: x, match: {kind: Deployment}, reason: ' '}",
       "rules.yaml:2:3: waivers: x: reason is missing: nothing is hidden without one"},
      {"waivers:\n- {name: x, reason: why not}",
       "rules.yaml:2:3: waivers: x: match is missing: say what it hides"},
      {"waivers:\n- {name: x, match: {}, reason: why not}",
       "rules.yaml:2:13: waivers: x: match is missing: say what it hides"},
      {"waivers:\n- {name: x, match: {kind: A}, reason: b, expires: tomorrow}",
       "rules.yaml:2:51: waivers: x: expires must be a day such as 2026-12-24, or a time such as "
       "2026-12-24T12:00:00Z, not \"tomorrow\""},
      {"budgets:\n- {name: x}",
       "rules.yaml:2:3: budgets: x allows nothing and forbids nothing: give it atMost, or behind: "
       "none"},
      {"budgets:\n- {name: x, behind: none, atMost: {minor: 1}}",
       "rules.yaml:2:3: budgets: x has both atMost and behind: none; keep one"},
      {"budgets:\n- {name: x, behind: some}", "budgets: x: behind must be none, not \"some\""},
      {"budgets:\n- {name: x, atMost: {}}",
       "budgets: x: atMost is empty: give it major, minor, patch, commits or age"},
      {"budgets:\n- {name: x, atMost: {minor: -1}}",
       "rules.yaml:2:29: budgets: x: atMost: minor must be a whole number from 0 to 1000000"},
      {"budgets:\n- {name: x, atMost: {age: 1 day}}",
       "budgets: x: atMost: age must be a length of time such as 90m, 24h or 7d, not \"1 day\""},
      {"budgets:\n- {name: x, behind: none, canaries: tier=canary}",
       "budgets: x: canaries must be names of cells; for labels write {cellLabels: "
       "\"tier=canary\"}"},
      {"waves:\n- {name: x}", "rules.yaml:2:3: waves: x has no cells: give it cells or cellLabels"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.text);
    if (row.error == nullptr) {
      CHECK_NOTHROW(rules(row.text));
    } else {
      CHECK_THROWS_WITH_AS(rules(row.text), doctest::Contains(row.error), Error);
    }
  }
}

TEST_CASE("a file that is named takes its place in the list") {
  const SourceId source = intern_source({.path = "celldrift.yaml", .blob = "", .commit = ""});
  const Value document =
      yaml::parse("rules: [{name: a, severity: note}, more.yaml, {name: c, severity: note}]",
                  {.source = source})
          .value;
  const Rules read = read_rules(document, [](std::string_view path, const Mark& at) {
    CHECK(path == "more.yaml");
    CHECK(describe(at) == "celldrift.yaml:1");
    return yaml::parse("rules: [{name: b, severity: error}]\nwaves: [{name: w, cells: x}]").value;
  });
  REQUIRE(read.rules.size() == 3);
  CHECK(read.rules[1].name == "b");
  CHECK(read.waves.size() == 1);
}

TEST_CASE("waves stand in one place") {
  Rules all = rules("waves: [{name: a, cells: x}]");
  CHECK_THROWS_WITH_AS(append(all, rules("waves: [{name: b, cells: z}]")),
                       doctest::Contains("waves are stated already, at rules.yaml:1"),
                       Error);
}

TEST_CASE("every pack can be read, says what it is for, and why for each rule") {
  Value switches = Value::map({});
  for (const Pack& pack : packs()) {
    CAPTURE(pack.name);
    CHECK_FALSE(pack.about.empty());
    switches = switches.with(pack.name, Value::boolean(true));
  }
  const Rules all = pack_rules(switches);
  CHECK(packs().size() == 6);
  for (const Rule& rule : all.rules) {
    CAPTURE(rule.name);
    CHECK_FALSE(rule.why.empty());
    CHECK(rule.name.starts_with(rule.pack + "/"));
    CHECK(describe(rule.mark()).starts_with("rules/packs/" + rule.pack + ".yaml:"));
  }
}

TEST_CASE("packs are switched by name") {
  CHECK(pack_rules({}).rules.size() <
        pack_rules(Value::map({{"cells", Value::boolean(true)}})).rules.size());
  const Rules none = pack_rules(Value::map({{"argo-cd", Value::boolean(false)},
                                            {"defaults", Value::boolean(false)},
                                            {"flux", Value::boolean(false)},
                                            {"kyverno", Value::boolean(false)}}));
  CHECK(none.rules.empty());
  CHECK_THROWS_WITH_AS(
      pack_rules(Value::map({{"cell", Value::boolean(true)}})),
      doctest::Contains("packs has an unknown key \"cell\"; did you mean \"cells\"?"),
      Error);
  CHECK_THROWS_AS(pack_rules(Value::map({{"cells", Value::string("on")}})), Error);
  CHECK_THROWS_AS(pack_rules(Value::map({{"cells", Value()}})), Error);
}

}  // namespace
}  // namespace celldrift::audit
