#include "celldrift/compare/match.hpp"
#include "celldrift/compare/rule_uses.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace celldrift;
using compare::Accepted;
using compare::ObjectResult;
using compare::Status;

namespace {

std::string text_of(const char* file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Value object(std::string_view yaml) {
  return yaml::parse(yaml).value;
}

ObjectResult compared(const Value& spec,
                      const Value& want,
                      const Value& live,
                      const compare::ArgoSettings& settings = compare::ArgoSettings::defaults()) {
  const compare::LiveView view{
      .find = [&](const ObjectKey&, std::string_view) { return &live; },
      .unknown = [](const ObjectKey&) { return std::optional<std::string>(); }};
  return compare::compare_desired("app", spec, {{key_of(want), want}}, view, {.settings = settings})
      .at(0);
}

const char* const want =
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: n}, spec: {replicas: "
    "2, template: {spec: {containers: [{name: app, image: 'a:1', args: [x, y], env: [{name: A, "
    "value: '1'}, {name: B, value: '1'}]}]}}}}";

// replicas, image, args and one variable differ
const char* const live =
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: n, managedFields: "
    "[{manager: scaler, operation: Update, fieldsV1: {'f:spec': {'f:replicas': {}, 'f:template': "
    "{'f:spec': {'f:containers': {'k:{\"name\":\"app\"}': {'f:args': {}}}}}}}}]}, spec: {replicas: "
    "5, template: {spec: {containers: [{name: app, image: 'a:2', args: [x, z], env: [{name: A, "
    "value: '2'}, {name: B, value: '1'}]}]}}}}";

}  // namespace

TEST_CASE("rules hide what they name and nothing else, each under its own name") {
  struct Case {
    const char* rule;
    std::size_t hidden;
  };
  const Case cases[] = {
      {"jsonPointers: [/spec/replicas]", 1},
      {"jsonPointers: [/spec/replicas, /spec/template/spec/containers/0/image]", 2},
      {"jsonPointers: [/spec/template]", 3},
      {"jsonPointers: [/spec]", 4},
      {"jsonPointers: [/spec/paused]", 0},
      {"jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == \"app\").image']",
       1},
      {"jqPathExpressions: ['.spec.template.spec.containers[].env[] | select(.name == \"A\")']", 1},
      {"jqPathExpressions: ['.spec.template.spec.containers[].env']", 1},
      {"jqPathExpressions: ['.spec.template.spec.containers[].args[1]']", 1},
      {"jqPathExpressions: ['.spec.template.spec.containers[].args[0]']", 0},  // z stays z
      {"jqPathExpressions: ['.spec.template | error']", 0},
      {"managedFieldsManagers: [scaler]", 2},
      {"managedFieldsManagers: [another]", 0},
      {"managedFieldsManagers: [scaler], jsonPointers: [/spec/replicas, /spec/template]", 4},
  };
  for (const Case& c : cases) {
    SUBCASE(c.rule) {
      const Value spec = object(
          std::string("{ignoreDifferences: [{group: apps, kind: Deployment, ") + c.rule + "}]}");
      const ObjectResult result = compared(spec, object(want), object(live));
      CHECK(result.accepted.size() == c.hidden);
      CHECK(result.differences.size() == 4 - c.hidden);
      for (const Accepted& accepted : result.accepted) {
        CHECK(accepted.kind == Accepted::Kind::ignored);
        CHECK(accepted.by == "the Application");
        CHECK(!accepted.rule.empty());
      }
    }
  }
}

TEST_CASE("an expression that does not compile, or does not end, leaves what differs unknown") {
  for (const char* expression : {".spec[", "last(range(1e12))"}) {
    CAPTURE(expression);
    const Value spec = object(std::string("{ignoreDifferences: [{group: apps, kind: Deployment, "
                                          "jqPathExpressions: ['") +
                              expression + "']}]}");
    const ObjectResult result = compared(spec, object(want), object(live));
    CHECK(result.status == Status::unknown);
    CHECK(result.reason.find("cannot be told") != std::string::npos);
    CHECK(compared(spec, object(want), object(want)).status == Status::equal);
  }
  const auto problems = compare::broken_rules(compare::ignore_rules(
      object("{ignoreDifferences: [{kind: Service, jqPathExpressions: ['.a[', .b]}]}")));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.find(".a[") != std::string::npos);
}

TEST_CASE("managers of argocd-cm count for exact kinds of named groups, and for all") {
  struct Case {
    const char* key;
    std::size_t hidden;
  };
  const Case cases[] = {{"apps_Deployment", 2}, {"all", 2}, {"*_Deployment", 0}, {"apps_*", 0}};
  for (const Case& c : cases) {
    SUBCASE(c.key) {
      std::vector<Problem> problems;
      const auto settings = compare::ArgoSettings::read(
          object(std::string("{data: {resource.customizations.ignoreDifferences.") + c.key +
                 ": 'managedFieldsManagers: [scaler]'}}"),
          problems);
      const ObjectResult result = compared(Value(), object(want), object(live), settings);
      CHECK(result.accepted.size() == c.hidden);
    }
  }
}

TEST_CASE("rules that are about nothing are named, those that hide nothing just now are not") {
  const auto rules = compare::ignore_rules(object(
      "{ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/replicas, "
      "/spec/x], "
      "jqPathExpressions: [.spec.y], managedFieldsManagers: [scaler, nobody]}, {kind: Service, "
      "jsonPointers: [/spec]}]}"));
  compare::RuleUses uses;
  uses.add(
      rules, {compared(Value(), object(want), object(live))}, compare::RuleUses::Complete::yes);
  std::vector<std::string> said;
  for (const Problem& problem : uses.idle()) {
    CHECK(problem.unknown == LeavesUnknown::no);
    said.push_back(problem.message);
  }
  std::ranges::sort(said);
  REQUIRE(said.size() == 4);
  CHECK(said[0] == "ignoreDifferences for Service is about no object");
  CHECK(said[1].ends_with("jqPathExpressions .spec.y"));
  CHECK(said[2].ends_with("jsonPointers /spec/x"));
  CHECK(said[3].ends_with("managedFieldsManagers nobody"));

  uses.add(rules, {}, compare::RuleUses::Complete::no);
  CHECK(uses.idle().empty());
}

TEST_CASE("a mark that names another Application is a difference, the own mark never is") {
  const Value plain =
      object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}}");
  struct Case {
    const char* name;
    const char* settings;
    const char* metadata;
    bool differs;
  };
  const Case cases[] = {
      {"none", "{}", "{name: a, namespace: n}", false},
      {"the own annotation",
       "{}",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: "
       "'app:/ConfigMap:n/a'}}",
       false},
      {"another's annotation",
       "{}",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: "
       "'other:/ConfigMap:n/a'}}",
       true},
      {"another's annotation where the label counts",
       "{data: {application.resourceTrackingMethod: label}}",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: "
       "'other:/ConfigMap:n/a'}}",
       false},
      {"another's label",
       "{data: {application.resourceTrackingMethod: label}}",
       "{name: a, namespace: n, labels: {app.kubernetes.io/instance: other}}",
       true},
      {"another's label where the annotation counts",
       "{data: {application.resourceTrackingMethod: annotation}}",
       "{name: a, namespace: n, labels: {app.kubernetes.io/instance: other}}",
       false},
      {"the own label under another key",
       "{data: {application.resourceTrackingMethod: label, application.instanceLabelKey: x}}",
       "{name: a, namespace: n, labels: {x: app}}",
       false},
      {"another's label under another key",
       "{data: {application.resourceTrackingMethod: label, application.instanceLabelKey: x}}",
       "{name: a, namespace: n, labels: {x: other}}",
       true},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      std::vector<Problem> problems;
      const auto settings = compare::ArgoSettings::read(object(c.settings), problems);
      const ObjectResult result =
          compared(Value(), plain, plain.with("metadata", object(c.metadata)), settings);
      REQUIRE(result.differences.size() == (c.differs ? 1 : 0));
      if (c.differs) {
        CHECK(result.differences[0].reason ==
              "it marks the object as part of the Application other");
      }
    }
  }
}

TEST_CASE("aggregated roles are compared as Argo CD does when it ignores them") {
  const Value recorded =
      yaml::parse_json(text_of(CELLDRIFT_TESTDATA "/compare/aggregated_roles.json")).value;
  compare::ArgoSettings settings;
  settings.ignore_aggregated_roles = true;
  for (const Value& each : recorded.find("cases")->items()) {
    const Value& want = *each.find("target");
    const Value& live = *each.find("live");
    CAPTURE(yaml::canonical_json(want));
    CAPTURE(yaml::canonical_json(live));
    const ObjectResult result = compared(Value(), want, live, settings);
    // Of nothing that Git does not state Argo CD tells; equal rules differ to it where only live is
    // aggregated, as it leaves them out of live alone.
    const auto is_told = [](const compare::Difference& difference) {
      return difference.change != compare::Change::added;
    };
    const bool same = want.find("rules") != nullptr && live.find("rules") != nullptr &&
                      *want.find("rules") == *live.find("rules");
    // What the aggregating controller has the right to is no finding, but it was not ignored.
    const bool finds = std::ranges::any_of(result.accepted,
                                           [](const Accepted& accepted) {
                                             return accepted.kind == Accepted::Kind::by_right;
                                           }) ||
                       std::ranges::any_of(result.differences, is_told) ||
                       (want.find("rules") != nullptr &&
                        std::ranges::any_of(result.differences, [](const auto& difference) {
                          return difference.path.text().starts_with("rules");
                        }));
    const bool expected =
        each.find("modified")->as_bool() &&
        !(same && live.find("aggregationRule") != nullptr &&
          !(want.find("aggregationRule") != nullptr && want.find("aggregationRule")->is_map()));
    CHECK(finds == expected);
  }
}
