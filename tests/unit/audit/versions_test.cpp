#include "celldrift/audit/versions.hpp"

#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

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
        "line: b; Git wants app:1.3; b is one minor behind");
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
      {"1.3.0-rc9", "1.3.0-rc10", less},
      {"1.3.0-rc.1", "1.3.0-rc.2", less},
      {"1.3.0-alpha.2", "1.3.0-beta.1", less},
      {"1.3.0-beta", "1.3.0-RC1", less},
      {"release-1.2", "release-1.3", less},
      {"v1.34.1+k3s1", "v1.35.0+k3s1", less},
      // dates
      {"2026-01-15", "2026-02-01", less},
      {"2026.01.15", "2026.01.16", less},
      {"20260115-3f2c1ab", "20260116-9d0e1f2", less},
      {"20260115.1", "20260115.2", less},
      {"20260115103000", "20260115104500", less},
      {"RELEASE.2024-01-16T16-07-38Z", "RELEASE.2024-01-16T17-00-00Z", less},
      {"2026.1.3", "2026.1.15", less},
      {"1.2-alpine", "1.3-alpine", less},
      {"20240101", "20240201", less},
      {"app:1.2@sha256:aa", "app:1.3@sha256:bb", less},
      {"1.2", "1.2", std::partial_ordering::equivalent},
      // several at once
      {"v1.34.2, v1.35.1", "v1.35.1", less},
      {"v1.9.0, v1.10.0", "v1.10.0", less},
      {"v1.34.2, v1.35.1", "v1.34.2", std::partial_ordering::equivalent},
      // what cannot be told
      {"latest, v1.35.1", "v1.36.0", unordered},
      {"1.3", "1.3-alpine", unordered},
      {"1.3", "1.3.0", unordered},
      {"latest", "1.3", unordered},
      {"pr-12", "pr-13", unordered},
      {"1.3.0-dev1", "1.3.0-rc1", unordered},
      {"1.3.0-rc1", "1.3.0-rc1-alpine", unordered},
      {"1.3.0+a", "1.3.0+b", unordered},
      {"20260115-3f2c1ab", "20260115-9d0e1f2", unordered},
      {"20260115", "20260115.2", unordered},
      {"2026-01-15", "1.3", unordered},
      {"20261399", "20261398", unordered},
      {"1234567", "7654321", unordered},
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

TEST_CASE("how far apart two versions are") {
  struct Case {
    std::string_view a;
    std::string_view b;
    std::optional<std::string> steps;
  };
  const Case cases[] = {
      {"1.2.3", "1.3.0", "one minor"},
      {"1.2.3", "1.5.9", "3 minors"},
      {"1.2", "2.0", "one major"},
      {"app:v1.2.3", "app:v1.2.5", "2 patches"},
      {"1.2.3.4", "1.2.3.5", "one patch"},
      {"v1.34.1", "v1.35.0", "one minor"},
      {"2026-01-15", "2026-02-01", "17 days"},
      {"20260115-3f2c1ab", "20260116-9d0e1f2", "one day"},
      {"20260115.1", "20260115.2", "less than a day"},
      {"20260115103000", "20260117103000", "2 days"},
      // newer, but by no number of its own
      {"1.3.0-rc1", "1.3.0", ""},
      {"1041", "1042", ""},
      {"latest", "1.3", std::nullopt},
      {"3f2c1ab", "9d0e1f2", std::nullopt},
  };
  for (const Case& test : cases) {
    CAPTURE(test.a);
    const auto steps = steps_between(test.a, test.b);
    CHECK((steps ? std::optional(describe(*steps)) : std::nullopt) == test.steps);
    CHECK(steps_between(test.b, test.a) == steps);
  }
}

compare::Owner writer(std::string manager, compare::ManagerClass kind) {
  return {.manager = std::move(manager),
          .operation = "Update",
          .subresource = "",
          .time = {},
          .kind = kind};
}

// A cell that runs something else than Git wants, written by somebody.
ObjectResult changed(std::string_view wanted,
                     std::string_view live,
                     std::optional<compare::Owner> owner) {
  ObjectResult result = running(wanted, live);
  compare::Difference difference;
  for (const std::string_view name : {"spec", "template", "spec", "containers"}) {
    difference.path.push(Path::Field{std::string(name)});
  }
  difference.path.push(Path::Item{.index = 0});
  difference.path.push(Path::Field{"image"});
  difference.owner = std::move(owner);
  result.differences.push_back(difference);
  return result;
}

Proved older(std::string cell, std::size_t behind) {
  Proved proved;
  proved.match = Proved::Match::exact;
  proved.cell = cell;
  proved.application = cell + "-backend";
  proved.commit = std::string(40, 'c');
  proved.behind = behind;
  proved.age = std::chrono::hours(24);
  return proved;
}

TEST_CASE("declared skew, lag and hand changes are told apart") {
  using Why = Lag::Why;
  struct Case {
    const char* name;
    ObjectResult canary;
    std::vector<Proved> proved;
    Why why;
    const char* sentence;
  };
  const compare::Owner argo = writer("argocd-controller", compare::ManagerClass::gitops);
  const compare::Owner hand = writer("kubectl-edit", compare::ManagerClass::person);
  const Case cases[] = {
      {"Git wants it",
       equal(deployment("web", "app:1.4")),
       {},
       Why::declared,
       "c is one minor ahead, as Git wants there"},
      {"a person set it",
       changed("app:1.3", "app:1.2", hand),
       {},
       Why::hand,
       "c is one minor behind, set by hand (kubectl-edit)"},
      {"a hand says more than the commit around it",
       changed("app:1.3", "app:1.2", hand),
       {older("c", 3)},
       Why::hand,
       "c is one minor behind, set by hand (kubectl-edit)"},
      {"an older commit is proved",
       changed("app:1.3", "app:1.2", std::nullopt),
       {older("c", 3)},
       Why::lag,
       "c is one minor behind, 3 commits behind Git"},
      {"another cell's commit proves nothing",
       changed("app:1.3", "app:1.2", std::nullopt),
       {older("a", 3)},
       Why::unknown,
       "c is one minor behind"},
      {"the GitOps tool applied it last",
       changed("app:1.3", "app:1.2", argo),
       {},
       Why::lag,
       "c is one minor behind, applied by argocd-controller"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    std::vector<ComparedApplication> applications;
    for (const std::string cell : {"a", "b"}) {
      applications.push_back(application(cell, {equal(deployment("web", "app:1.3"))}));
    }
    applications.push_back(application("c", {test.canary}));
    const auto findings = version_skew(version_facts(applications), test.proved);
    REQUIRE(findings.size() == 1);
    REQUIRE(findings[0].lag.size() == 1);
    CHECK(findings[0].lag[0].cells == std::vector<std::string>{"c"});
    CHECK(findings[0].lag[0].why == test.why);
    CHECK_MESSAGE(findings[0].message.ends_with(test.sentence), findings[0].message);
  }
}

TEST_CASE("cells of one version that came to it in different ways are told apart") {
  const compare::Owner hand = writer("kubectl-edit", compare::ManagerClass::person);
  const auto findings =
      version_skew(version_facts({application("a", {equal(deployment("web", "app:1.3"))}),
                                  application("b", {equal(deployment("web", "app:1.3"))}),
                                  application("d", {equal(deployment("web", "app:1.3"))}),
                                  application("c", {changed("app:1.3", "app:1.2", hand)}),
                                  application("e", {changed("app:1.3", "app:1.2", std::nullopt)})}),
                   {older("e", 1)});
  REQUIRE(findings.size() == 1);
  REQUIRE(findings[0].lag.size() == 2);
  CHECK(findings[0].lag[0].cells == std::vector<std::string>{"e"});
  CHECK(findings[0].lag[0].commits == 1);
  CHECK(findings[0].lag[1].cells == std::vector<std::string>{"c"});
  CHECK_FALSE(findings[0].lag[1].commits);
}

std::string charted(std::string_view name, std::string_view chart) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + std::string(name) +
         ", labels: {helm.sh/chart: \"" + std::string(chart) + "\"}}\n";
}

TEST_CASE("a chart's version is told once for all of its objects") {
  const auto findings = version_skew(version_facts({
      application("a",
                  {equal(charted("x", "web-app-1.2.0")),
                   equal(charted("y", "web-app-1.2.0")),
                   equal(charted("z", "redis-17.3.2"))}),
      application("b",
                  {equal(charted("x", "web-app-1.3.0-rc1")),
                   equal(charted("y", "web-app-1.3.0-rc1")),
                   equal(charted("z", "redis-17.3.2"))}),
  }));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "skew/chart");
  CHECK(findings[0].subject == "chart web-app");
  CHECK(findings[0].values[0].value == Value::string("1.2.0"));
  CHECK(findings[0].values[1].value == Value::string("1.3.0-rc1"));
  CHECK(findings[0].severity == Severity::note);
}

TEST_CASE("a CustomResourceDefinition's served and stored versions are compared") {
  const auto definition = [](std::string_view old_served, std::string_view stored) {
    return equal(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: widgets.example.com}\nspec: {versions: [{name: v1, served: true, "
        "storage: " +
        std::string(stored == "v1" ? "true" : "false") +
        "}, {name: v1beta1, served: " + std::string(old_served) +
        ", storage: " + std::string(stored == "v1beta1" ? "true" : "false") + "}]}\n");
  };
  const auto findings =
      version_skew(version_facts({application("a", {definition("true", "v1")}),
                                  application("b", {definition("false", "v1beta1")})}));
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].rule == "skew/crd");
  CHECK(findings[0].what == "served versions");
  CHECK(findings[0].values[0].value == Value::string("v1"));
  CHECK(findings[0].values[1].value == Value::string("v1, v1beta1"));
  CHECK(findings[1].what == "stored version");
}

TEST_CASE("targetRevisions that differ are declared skew") {
  std::vector<ComparedApplication> applications;
  for (const std::string cell : {"a", "b", "c"}) {
    applications.push_back(application(cell, {}));
    applications.back().revisions = {
        {.source = "", .revision = cell == "c" ? "v2.1" : "v2.0", .mark = {}}};
  }
  const auto findings = version_skew(version_facts(applications));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "skew/revision");
  CHECK(findings[0].severity == Severity::note);
  CHECK(findings[0].cells == std::vector<std::string>{"c"});
}

TEST_CASE("what cells are made of is compared, and what is not known of one is not") {
  const auto cluster =
      [](std::string cell, std::string kubernetes, std::set<std::string> kubelets) {
        return ClusterVersions{.cell = std::move(cell),
                               .kubernetes = std::move(kubernetes),
                               .kubelets = std::move(kubelets)};
      };
  Input input;
  input.cells = {cell("a"), cell("b"), cell("c")};
  input.clusters = {cluster("a", "v1.35.1", {"v1.35.1"}),
                    cluster("b", "v1.34.2", {"v1.34.2", "v1.35.1"}),
                    cluster("c", "v1.35.1", {})};
  input.clusters[0].tools = {{"argocd-application-controller", "quay.io/argoproj/argocd:v3.5.7"}};
  input.clusters[1].tools = {{"argocd-application-controller", "quay.io/argoproj/argocd:v3.4.0"}};
  const Report report = judge(input);
  std::vector<std::string> rules;
  for (const Finding& finding : report.findings) {
    rules.push_back(finding.rule + " " + finding.cells.front());
    CHECK(finding.component == "(cluster)");
    CHECK(finding.severity == Severity::warning);
  }
  std::ranges::sort(rules);
  CHECK(rules ==
        std::vector<std::string>{"skew/gitops-tool b", "skew/kubernetes b", "skew/node b"});
  CHECK(report.versions.size() == 3);
}

TEST_CASE("rows have what is in step too, objects that say the same as one") {
  const Report report = judge(fleet({"a", "b"}, [](const std::string& cell) {
    return std::vector{equal(deployment("web", "app:" + cell)),
                       equal(deployment("api", "api:1")),
                       equal(charted("x", "web-1.2.0"))};
  }));
  REQUIRE(report.versions.size() == 3);
  CHECK(report.versions[0].subjects == std::vector<std::string>{"Deployment api"});
  CHECK(report.versions[0].findings.empty());
  CHECK(report.versions[1].subjects == std::vector<std::string>{"Deployment web"});
  CHECK(report.versions[1].findings == std::vector{report.findings[0].fingerprint});
  CHECK(report.versions[2].fact == FactKind::chart);
}

}  // namespace
}  // namespace celldrift::audit
