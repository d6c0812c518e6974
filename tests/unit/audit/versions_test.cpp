#include "celldrift/audit/versions.hpp"

#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

ObjectResult running(std::string_view wanted, std::string_view live) {
  return object(Status::drifted, deployment("web", wanted), deployment("web", live));
}

struct InCell {
  std::string cell;
  std::string wanted;
  std::string live;
};

std::vector<Finding> skew_of(const std::vector<InCell>& cells) {
  std::vector<ComparedApplication> applications;
  for (const InCell& in_cell : cells) {
    applications.push_back(application(in_cell.cell, {running(in_cell.wanted, in_cell.live)}));
  }
  return version_skew(version_facts(applications));
}

std::vector<std::string> paths_of(const ObjectResult& result) {
  std::vector<std::string> paths;
  for (const Fact& fact : version_facts({application("cell-a", {result})})) {
    paths.push_back(fact.path_text + " " + fact.version);
  }
  return paths;
}

TEST_CASE("images are found wherever a kind keeps its pod template") {
  struct Case {
    std::string group_version;
    std::string kind;
    std::string spec;
    std::vector<std::string> paths;
  };
  const std::string pod = "{spec: {containers: [{name: app, image: a:1}]}}";
  const std::vector<std::string> in_template = {
      "spec.template.spec.containers[name=app].image a:1"};
  const Case cases[] = {
      {"apps/v1", "Deployment", "{template: " + pod + "}", in_template},
      {"apps/v1", "StatefulSet", "{template: " + pod + "}", in_template},
      {"apps/v1", "DaemonSet", "{template: " + pod + "}", in_template},
      {"apps/v1", "ReplicaSet", "{template: " + pod + "}", in_template},
      {"v1", "ReplicationController", "{template: " + pod + "}", in_template},
      {"batch/v1", "Job", "{template: " + pod + "}", in_template},
      {"argoproj.io/v1alpha1", "Rollout", "{template: " + pod + "}", in_template},
      {"batch/v1",
       "CronJob",
       "{jobTemplate: {spec: {template: " + pod + "}}}",
       {"spec.jobTemplate.spec.template.spec.containers[name=app].image a:1"}},
      {"v1",
       "Pod",
       "{containers: [{name: app, image: a:1}]}",
       {"spec.containers[name=app].image a:1"}},
      // another group's kind of the same name is something else
      {"example.com/v1", "Deployment", "{template: " + pod + "}", {}},
  };
  for (const Case& test : cases) {
    CAPTURE(test.kind);
    CHECK(paths_of(equal("apiVersion: " + test.group_version + "\nkind: " + test.kind +
                         "\nmetadata: {name: x}\nspec: " + test.spec)) == test.paths);
  }
}

TEST_CASE("init and ephemeral containers have images too") {
  const std::vector<std::string> expected = {
      "spec.containers[name=app].image a:1",
      "spec.initContainers[name=migrate].image m:2",
      "spec.ephemeralContainers[name=debug].image d:3",
  };
  CHECK(paths_of(equal("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n"
                       "  containers: [{name: app, image: a:1}]\n"
                       "  initContainers: [{name: migrate, image: m:2}]\n"
                       "  ephemeralContainers: [{name: debug, image: d:3}]\n")) == expected);
}

TEST_CASE("a fact has what Git wants with its line, and live's list index") {
  const std::string live =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: sidecar, image: "
      "s:1}, {name: app, image: a:2}]}";
  const std::string desired =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: app\n    "
      "image: a:1\n";
  const auto facts =
      version_facts({application("cell-a", {object(Status::drifted, desired, live)})});
  REQUIRE(facts.size() == 2);
  CHECK_FALSE(facts[0].desired);
  CHECK(facts[1].desired == "a:1");
  CHECK(facts[1].version == "a:2");
  CHECK(facts[1].path == "/spec/containers/1/image");
  CHECK(describe(facts[1].source) == "apps/web.yaml:7");
}

TEST_CASE("what a webhook makes of an image by right has the version that Git wants") {
  ObjectResult result = running("web:1", "mirror/web:1");
  result.status = Status::equal;
  const std::string image = version_facts({application("cell-a", {result})})[0].path;
  compare::Accepted accepted;
  for (const std::string_view name : {"spec", "template", "spec", "containers"}) {
    accepted.difference.path.push(Path::Field{std::string(name)});
  }
  accepted.difference.path.push(Path::Item{.index = 0});
  accepted.difference.path.push(Path::Field{"image"});
  REQUIRE(accepted.difference.path.pointer() == image);
  result.accepted.push_back(accepted);
  CHECK(version_facts({application("cell-a", {result})})[0].version == "web:1");
  result.accepted[0].kind = compare::Accepted::Kind::ignored;
  CHECK(version_facts({application("cell-a", {result})})[0].version == "mirror/web:1");
}

TEST_CASE("missing, unknown and extra objects have no version") {
  for (const Status status : {Status::missing, Status::unknown, Status::extra}) {
    ObjectResult result = equal(deployment("web", "app:1"));
    result.status = status;
    CHECK(version_facts({application("cell-a", {result})}).empty());
  }
}

TEST_CASE("live objects of an unexpected shape give no facts") {
  for (const std::string spec :
       {"7",
        "[1]",
        "{template: x}",
        "{template: {spec: {containers: {a: b}}}}",
        "{template: {spec: {containers: [1, null, {name: 3, image: [x]}]}}}"}) {
    CAPTURE(spec);
    CHECK(
        paths_of(
            equal(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x, labels: [a]}\nspec: " +
                spec))
            .empty());
  }
}

TEST_CASE("an Application's name inside an object's name is replaced by the component") {
  struct Case {
    std::string_view name;
    std::string_view application;
    std::string_view expected;
  };
  const Case cases[] = {
      {"cell-a-backend-web", "cell-a-backend", "backend-web"},
      {"cell-a-backend", "cell-a-backend", "backend"},
      {"web.cell-a-backend", "cell-a-backend", "web.backend"},
      {"web", "cell-a-backend", "web"},
      // only whole words
      {"xcell-a-backend", "cell-a-backend", "xcell-a-backend"},
      {"cell-a-backends", "cell-a-backend", "cell-a-backends"},
      {"aa-a", "a", "aa-backend"},
      {"web", "", "web"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    CHECK(abstracted(test.name, test.application, "backend") == test.expected);
  }
}

TEST_CASE("objects named after their Application line up across cells") {
  const auto findings = version_skew(version_facts({
      application("cell-a", {equal(deployment("cell-a-backend-web", "app:1.3"))}),
      application("cell-b", {equal(deployment("cell-b-backend-web", "app:1.2"))}),
  }));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].subject == "Deployment backend-web");
  CHECK(findings[0].what == "image of container app");
}

TEST_CASE("objects of one name in several namespaces are not mixed up") {
  const auto in = [](std::string_view ns, std::string_view image) {
    std::string text = deployment("web", image);
    return equal(text.replace(text.find("shop"), 4, ns));
  };
  CHECK(version_skew(version_facts({
                         application("cell-a", {in("red", "app:1"), in("blue", "app:2")}),
                         application("cell-b", {in("red", "app:1"), in("blue", "app:2")}),
                     }))
            .empty());
  const auto findings = version_skew(version_facts({
      application("cell-a", {in("red", "app:1"), in("blue", "app:2")}),
      application("cell-b", {in("red", "app:1"), in("blue", "app:3")}),
  }));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].subject == "Deployment blue/web");
}

TEST_CASE("equal versions and a single cell are no skew") {
  CHECK(skew_of({{"cell-a", "app:1", "app:1"}, {"cell-b", "app:1", "app:1"}}).empty());
  CHECK(skew_of({{"cell-a", "app:1", "app:2"}}).empty());
}

TEST_CASE("other components are not compared with each other") {
  CHECK(version_skew(version_facts({
                         application("cell-a", {equal(deployment("web", "app:1"))}, "backend"),
                         application("cell-b", {equal(deployment("web", "app:2"))}, "frontend"),
                     }))
            .empty());
}

TEST_CASE("who is out of line, and how bad it is") {
  using Cells = std::vector<std::string>;
  struct Case {
    const char* name;
    std::vector<InCell> cells;
    Cells outliers;
    Severity severity;
  };
  const Case cases[] = {
      {"the smaller group, changed by hand",
       {{"a", "app:1.3", "app:1.3"}, {"b", "app:1.3", "app:1.2"}, {"c", "app:1.3", "app:1.3"}},
       {"b"},
       Severity::error},
      {"declared: each cell has what Git wants there",
       {{"a", "app:1.3", "app:1.3"}, {"b", "app:1.4", "app:1.4"}, {"c", "app:1.3", "app:1.3"}},
       {"b"},
       Severity::note},
      {"a tie goes to what Git wants, though it is older",
       {{"a", "app:1.3", "app:1.4"}, {"b", "app:1.3", "app:1.3"}},
       {"a"},
       Severity::error},
      {"a tie of declared versions goes to the newest",
       {{"a", "app:1.9", "app:1.9"}, {"b", "app:1.10", "app:1.10"}},
       {"a"},
       Severity::note},
      {"a tie that texts do not settle goes to the first by value",
       {{"a", "app:green", "app:green"}, {"b", "app:blue", "app:blue"}},
       {"a"},
       Severity::note},
      {"most cells changed by hand: the one that is as Git wants is out of line",
       {{"a", "app:1.3", "app:1.2"}, {"b", "app:1.3", "app:1.2"}, {"c", "app:1.3", "app:1.3"}},
       {"c"},
       Severity::error},
      {"a canary is not blamed for what was done by hand elsewhere",
       {{"a", "app:1.3", "app:1.3"},
        {"b", "app:1.3", "app:1.3"},
        {"c", "app:1.4", "app:1.4"},
        {"d", "app:1.3", "app:1.2"}},
       {"d"},
       Severity::error},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    const std::vector<Finding> findings = skew_of(test.cells);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].cells == test.outliers);
    CHECK(findings[0].severity == test.severity);
    CHECK(findings[0].rule == "skew/image");
  }
}

TEST_CASE("versions that Git does not state are a warning") {
  const auto pod = [](std::string_view image) {
    return object(
        Status::equal,
        "{apiVersion: v1, kind: Pod, metadata: {name: x}}",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: side, image: " +
            std::string(image) + "}]}");
  };
  const auto findings = version_skew(
      version_facts({application("cell-a", {pod("s:1")}), application("cell-b", {pod("s:2")})}));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::warning);
  CHECK_FALSE(findings[0].want);
}

TEST_CASE("skew names values, largest group first, what Git wants, and the first outlier") {
  const auto findings = skew_of(
      {{"c", "app:1.3", "app:1.3"}, {"b", "app:1.3", "app:1.2"}, {"a", "app:1.3", "app:1.3"}});
  REQUIRE(findings.size() == 1);
  const Finding& finding = findings[0];
  REQUIRE(finding.values.size() == 2);
  CHECK(finding.values[0].value == Value::string("app:1.3"));
  CHECK(finding.values[0].cells == std::vector<std::string>{"a", "c"});
  CHECK(finding.values[0].declared);
  CHECK(finding.values[1].value == Value::string("app:1.2"));
  CHECK_FALSE(finding.values[1].declared);
  CHECK(finding.want == Value::string("app:1.3"));
  CHECK_FALSE(finding.have);
  CHECK(finding.application.empty());
  CHECK(describe(finding.source) == "apps/web.yaml:4");
  CHECK(finding.message ==
        "image of container app of Deployment web differs: app:1.3 in a, c, app:1.2 in b; out of "
        "line: b; Git wants app:1.3");
}

std::string labelled(std::string_view object, std::string_view pod) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: "
         "{app.kubernetes.io/version: \"" +
         std::string(object) +
         "\"}}\nspec: {template: {metadata: {labels: {app.kubernetes.io/version: \"" +
         std::string(pod) + "\"}}}}\n";
}

TEST_CASE("a pod template's version label is told only where it says something else") {
  const auto skew = [](std::string_view object, std::string_view pod) {
    return version_skew(version_facts({application("cell-a", {equal(labelled("1.3", "1.3"))}),
                                       application("cell-b", {equal(labelled(object, pod))})}));
  };
  REQUIRE(skew("1.2", "1.2").size() == 1);
  CHECK(skew("1.2", "1.2")[0].what == "label app.kubernetes.io/version");
  CHECK(skew("1.2", "1.2")[0].rule == "skew/version");
  REQUIRE(skew("1.3", "1.2").size() == 1);
  CHECK(skew("1.3", "1.2")[0].what == "label app.kubernetes.io/version of the pod template");
  CHECK(skew("1.2", "1.1").size() == 2);
}

TEST_CASE("skew that drift made is told as both") {
  const Report report = judge(fleet({"a", "b", "c"}, [](const std::string& cell) {
    ObjectResult result = running("app:1.3", cell == "b" ? "app:1.2" : "app:1.3");
    result.status = cell == "b" ? Status::drifted : Status::equal;
    if (cell == "b") {
      result.differences = {replicas(compare::Change::modified)};
    }
    return std::vector{result};
  }));
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].category == Category::drift);
  CHECK(report.findings[1].category == Category::skew);
}

TEST_CASE("declared skew alone leaves the run clean and its note does not fail a gate") {
  const Report report = judge(fleet({"a", "b"}, [](const std::string& cell) {
    return std::vector{equal(deployment("web", "app:" + cell))};
  }));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.verdict == Verdict::clean);
  CHECK_FALSE(fails(report, Severity::warning));
  CHECK(fails(report, Severity::note));
}

TEST_CASE("which version is newer") {
  const auto less = std::partial_ordering::less;
  const auto unordered = std::partial_ordering::unordered;
  struct Case {
    std::string_view a;
    std::string_view b;
    std::partial_ordering order;
  };
  const Case cases[] = {
      {"1.2", "1.3", less},
      {"1.9", "1.10", less},
      {"v1.2.3", "1.2.4", less},
      {"1.2", "1.2.1", less},
      {"r.example.com:5000/app:1.2", "r.example.com:5000/app:1.3", less},
      {"1.3.0-rc1", "1.3.0", less},
      {"1.2-alpine", "1.3-alpine", less},
      {"20240101", "20240201", less},
      {"app:1.2@sha256:aa", "app:1.3@sha256:bb", less},
      {"1.2", "1.2", std::partial_ordering::equivalent},
      // what cannot be told
      {"1.3", "1.3-alpine", unordered},
      {"1.3.0-rc1", "1.3.0-rc2", unordered},
      {"1.3", "1.3.0", unordered},
      {"latest", "1.3", unordered},
      {"3f2c1ab", "9d0e1f2", unordered},
      {"app:1.2", "other:1.3", unordered},
      {"app:1.2@sha256:aa", "app:1.2@sha256:bb", unordered},
      {"localhost:5000/app", "localhost:5001/app", unordered},
      {"99999999999999999999999", "1", unordered},
      {"", "1", unordered},
      {"1..2", "1.3", unordered},
  };
  for (const Case& test : cases) {
    CAPTURE(test.a);
    CAPTURE(test.b);
    CHECK(compare_versions(test.a, test.b) == test.order);
    const auto opposite = test.order == less ? std::partial_ordering::greater : test.order;
    CHECK(compare_versions(test.b, test.a) == opposite);
  }
}

}  // namespace
}  // namespace celldrift::audit
