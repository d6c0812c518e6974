// Rules that look across cells: must-differ, skew budgets, waves.
#include "unit/audit/rules_inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::audit {
namespace {

std::string ingress(const std::string& host) {
  return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\n"
         "spec: {rules: [{host: " +
         host + "}]}\n";
}

Input with_hosts(const std::map<std::string, std::string>& hosts) {
  Input input;
  for (const auto& [name, host] : hosts) {
    input.cells.push_back(cell(name));
    input.cells.back().labels = {{"region", name < "cell-c" ? "eu" : "us"}};
    input.applications.push_back(application(name, {equal(ingress(host))}));
  }
  return input;
}

constexpr auto hosts_differ =
    "rules: [{name: hosts, match: {kind: Ingress, path: 'spec.rules[*].host'}, mustDiffer: true}]";

TEST_CASE("what cells may never share is one finding for each value") {
  const Report report = judged(with_hosts({{"cell-a", "a.example"},
                                           {"cell-b", "shared.example"},
                                           {"cell-c", "shared.example"},
                                           {"cell-d", "d.example"}}),
                               hosts_differ);
  CHECK(told(report.findings) == "error isolation/shared cell-b cell-c spec.rules[0].host");
  const Finding& finding = report.findings.front();
  CHECK(finding.message ==
        "shared.example is spec.rules[0].host of Ingress shop/web in cell-b, cell-c: cells may not "
        "share it (hosts)");
  REQUIRE(finding.values.size() == 1);
  CHECK(finding.values[0].cells == std::vector<std::string>{"cell-b", "cell-c"});
  CHECK(finding.component == "backend");
  CHECK(finding.ruling->rule == "hosts");
  CHECK(report.objects.empty());
}

TEST_CASE("values that a cell has twice, and that are nothing, are not shared") {
  CHECK(
      judged(with_hosts({{"cell-a", "\"\""}, {"cell-b", "\"\""}}), hosts_differ).findings.empty());
  Input input = with_hosts({{"cell-a", "a"}});
  input.applications.push_back(application("cell-a", {equal(ingress("a"))}, "other"));
  CHECK(judged(input, hosts_differ).findings.empty());
}

TEST_CASE("an object that is missing counts as Git wants it") {
  Input input = with_hosts({{"cell-a", "x"}, {"cell-b", "x"}});
  input.applications[1].objects = {object(compare::Status::missing, ingress("x"), "")};
  const Report report = judged(input, hosts_differ);
  CHECK(std::ranges::count(report.findings, Category::isolation, &Finding::category) == 1);
}

TEST_CASE("cells of one label's value may share where the rule says so") {
  const std::string within =
      std::string(hosts_differ)
          .replace(std::string(hosts_differ).size() - 2, 2, ", sharedWithin: region}]");
  CHECK(judged(with_hosts({{"cell-a", "x"}, {"cell-b", "x"}}), within).findings.empty());
  CHECK(told(judged(with_hosts({{"cell-a", "x"}, {"cell-b", "x"}, {"cell-c", "x"}}), within)
                 .findings) == "error isolation/shared cell-a cell-b cell-c spec.rules[0].host");
}

TEST_CASE("severity and conditions of must-differ are the rule's") {
  const Report report = judged(with_hosts({{"cell-a", "x"}, {"cell-b", "x"}, {"cell-c", "x"}}),
                               "rules: [{name: r, severity: warning, mustDiffer: true, match: "
                               "{path: 'spec.**.host', cells: 'cell-[ab]', "
                               "component: back*}}]");
  CHECK(told(report.findings) == "warning isolation/shared cell-a cell-b spec.rules[0].host");
}

// Cells with an image each, as Git wants it; the newest by most.
Input with_versions(const std::map<std::string, std::string>& versions) {
  Input input;
  for (const auto& [name, version] : versions) {
    input.cells.push_back(cell(name));
    input.cells.back().labels = {{"tier", name == "cell-a" ? "canary" : "prod"}};
    input.applications.push_back(
        application(name, {equal(deployment("web", "shop/app:" + version))}));
  }
  return input;
}

struct Judged {
  std::string severity;
  std::string says;
};

Judged of_budget(const Input& input, const std::string& budget) {
  const Report report = judged(input, "budgets: [{name: b, " + budget + "}]");
  REQUIRE(report.findings.size() == 1);
  const Finding& finding = report.findings.front();
  return {std::string(describe(finding.severity)), finding.ruling ? finding.ruling->says : ""};
}

TEST_CASE("a budget makes skew a note or an error, and says why") {
  struct Case {
    std::map<std::string, std::string> versions;
    const char* budget;
    const char* severity;
    const char* says;
  };
  using Versions = std::map<std::string, std::string>;
  const Versions minor = {{"cell-a", "1.3.0"}, {"cell-b", "1.3.0"}, {"cell-c", "1.2.9"}};
  const Versions two_minors = {{"cell-a", "1.3.0"}, {"cell-b", "1.1.0"}, {"cell-c", "1.3.0"}};
  const Versions major = {{"cell-a", "2.0.0"}, {"cell-b", "1.9.0"}, {"cell-c", "2.0.0"}};
  const Versions canary = {{"cell-a", "2.0.0"}, {"cell-b", "1.9.0"}, {"cell-c", "1.9.0"}};
  const Case cases[] = {
      {minor,
       "atMost: {minor: 1}",
       "note",
       "within the budget b: cell-c is 1 minor behind; at most 1 minor"},
      {two_minors,
       "atMost: {minor: 1}",
       "error",
       "out of the budget b: cell-b is 2 minors behind; at most 1 minor"},
      {two_minors,
       "atMost: {minor: 1}, severity: warning",
       "warning",
       "out of the budget b: cell-b is 2 minors behind; at most 1 minor"},
      // What is more significant than what is limited may not differ.
      {major,
       "atMost: {minor: 1}",
       "error",
       "out of the budget b: cell-b is 1 major behind; at most 0 majors"},
      {major,
       "atMost: {major: 1}",
       "note",
       "within the budget b: cell-b is 1 major behind; at most 1 major"},
      {two_minors, "atMost: {major: 0}", "note", "within the budget b: cell-b is 2 minors behind"},
      {minor,
       "behind: none",
       "error",
       "out of the budget b: cell-c is 1 minor behind; none may be"},
      {canary,
       "behind: none",
       "error",
       "out of the budget b: cell-b and cell-c are 1 major behind; none may be"},
      {canary,
       "behind: none, canaries: cell-a",
       "note",
       "within the budget b: only canaries are ahead"},
      {canary,
       "atMost: {minor: 0}, canaries: {cellLabels: tier=canary}",
       "note",
       "within the budget b: only canaries are ahead"},
      // A canary that is behind is as any other cell.
      {{{"cell-a", "1.0.0"}, {"cell-b", "2.0.0"}},
       "behind: none, canaries: cell-a",
       "error",
       "out of the budget b: cell-a is 1 major behind; none may be"},
      {{{"cell-a", "blue"}, {"cell-b", "green"}},
       "atMost: {minor: 1}",
       "note",
       "cannot be held against the budget b: the versions cannot be ordered"},
      {minor,
       "atMost: {age: 24h}",
       "note",
       "cannot be held against the budget b: the commit that it runs is not proved"},
      {minor, "atMost: {minor: 1}, match: {component: other}", "note", ""},
      {{{"cell-a", "1.3.0"}, {"cell-b", "1.3.0"}, {"cell-c", "1.3.0-rc1"}},
       "behind: none",
       "error",
       "out of the budget b: cell-c is less than a patch behind; none may be"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.budget);
    CAPTURE(row.says);
    const Judged got = of_budget(with_versions(row.versions), row.budget);
    CHECK(got.severity == row.severity);
    CHECK(got.says == row.says);
  }
}

TEST_CASE("a budget reads versions as skew does") {
  struct Case {
    const char* newest;
    const char* older;
    const char* budget;
    const char* told;
  };
  const Case cases[] = {
      // whatever stands before the numbers
      {"release-1.5",
       "release-1.3",
       "atMost: {minor: 1}",
       "error out of the budget b: cell-c is 2 minors behind; at most 1 minor"},
      {"V2.0.0",
       "V1.9.0",
       "atMost: {minor: 1}",
       "error out of the budget b: cell-c is 1 major behind; at most 0 majors"},
      // a fourth number
      {"1.2.3.5",
       "1.2.3.4",
       "atMost: {patch: 0}",
       "error out of the budget b: cell-c is 1 patch behind; at most 0 patches"},
      // dates have no majors, however much of the day they tell
      {"2026-02-01",
       "2026-01-15",
       "atMost: {minor: 1}",
       "note cannot be held against the budget b: the versions are dates"},
      {"20260115.2",
       "20260115.1",
       "atMost: {minor: 1}",
       "note cannot be held against the budget b: the versions are dates"},
      {"20260117103000",
       "20260115103000",
       "atMost: {minor: 1}",
       "note cannot be held against the budget b: the versions are dates"},
      {"2026-02-01",
       "2026-01-15",
       "behind: none",
       "error out of the budget b: cell-c is 17 days behind; none may be"},
      {"20260115.2",
       "20260115.1",
       "behind: none",
       "error out of the budget b: cell-c is less than a day behind; none may be"},
      // and builds have none
      {"1042",
       "1041",
       "atMost: {major: 1}",
       "note cannot be held against the budget b: the versions are numbers of builds"},
      {"1042",
       "1041",
       "behind: none",
       "error out of the budget b: cell-c is some builds behind; none may be"},
      {"100",
       "99",
       "atMost: {major: 1}",
       "note within the budget b: cell-c is 1 major behind; at most 1 major"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.newest);
    CAPTURE(row.budget);
    const Judged got = of_budget(
        with_versions({{"cell-a", row.newest}, {"cell-b", row.newest}, {"cell-c", row.older}}),
        row.budget);
    CHECK(got.severity + " " + got.says == row.told);
  }
}

TEST_CASE("canaries may be ahead by dates and builds too") {
  for (const auto& [newer, older] : {std::pair{"2026-02-01", "2026-01-15"}, {"1042", "1041"}}) {
    CAPTURE(newer);
    const Judged got =
        of_budget(with_versions({{"cell-a", newer}, {"cell-b", older}, {"cell-c", older}}),
                  "atMost: {minor: 0}, canaries: cell-a");
    CHECK(got.severity + " " + got.says == "note within the budget b: only canaries are ahead");
  }
}

// Cells run several versions at once: as far as the oldest is the cell.
TEST_CASE("a budget counts from the oldest of several versions") {
  Finding skew;
  skew.rule = "skew/node";
  skew.category = Category::skew;
  skew.cells = {"cell-b"};
  skew.values = {{.value = Value::string("v1.35.1"), .cells = {"cell-a"}},
                 {.value = Value::string("v1.34.4, v1.33.8"), .cells = {"cell-b"}}};
  const Rules in_force = rules("budgets: [{name: b, atMost: {minor: 1}}]");
  const Ruled ruled = apply_rules(
      {skew}, {.rules = in_force, .applications = {}, .cells = {}, .problems = {}, .now = {}});
  CHECK(ruled.findings.front().reason ==
        "out of the budget b: cell-b is 2 minors behind; at most 1 minor");
}

TEST_CASE("commits and age are those that are proved") {
  Finding skew;
  skew.rule = "skew/image";
  skew.category = Category::skew;
  skew.cells = {"cell-b"};
  skew.values = {{.value = Value::string("app:1.3"), .cells = {"cell-a"}},
                 {.value = Value::string("app:1.2"), .cells = {"cell-b"}}};
  skew.proved = {{.match = Proved::Match::exact,
                  .cell = "cell-b",
                  .application = "cell-b-app",
                  .commit = "c0ffee",
                  .version = "1.2",
                  .behind = 14,
                  .age = std::chrono::hours(30)}};
  struct Case {
    const char* budget;
    const char* told;
  };
  const Case cases[] = {
      {"atMost: {age: 48h}", "note within the budget b: cell-b is 30h behind; at most 48h"},
      {"atMost: {age: 24h}", "error out of the budget b: cell-b is 30h behind; at most 24h"},
      {"atMost: {commits: 20}",
       "note within the budget b: cell-b is 14 commits behind; at most 20"},
      {"atMost: {commits: 5, age: 48h}",
       "error out of the budget b: cell-b is 14 commits behind; at most 5"},
      {"atMost: {minor: 1, age: 24h}",
       "error out of the budget b: cell-b is 30h behind; at most 24h"},
      {"atMost: {minor: 0, age: 48h}",
       "error out of the budget b: cell-b is 1 minor behind; at most 0 minors"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.budget);
    const Rules in_force = rules(std::string("budgets: [{name: b, ") + row.budget + "}]");
    const Ruled ruled = apply_rules(
        {skew}, {.rules = in_force, .applications = {}, .cells = {}, .problems = {}, .now = {}});
    const Finding& finding = ruled.findings.front();
    CHECK(std::string(describe(finding.severity)) + " " + finding.reason == row.told);
  }
}

TEST_CASE("a commit that is out of the budget is out where versions cannot be counted") {
  Finding skew;
  skew.rule = "skew/image";
  skew.category = Category::skew;
  skew.severity = Severity::warning;
  skew.cells = {"cell-b"};
  skew.proved = {{.match = Proved::Match::exact,
                  .cell = "cell-b",
                  .application = "cell-b-app",
                  .commit = "c0ffee",
                  .version = "x",
                  .behind = 14,
                  .age = std::chrono::hours(30)}};
  struct Case {
    const char* newest;
    const char* older;
    const char* budget;
    const char* told;
  };
  const Case cases[] = {
      {"2026-02-01",
       "2026-01-15",
       "atMost: {minor: 1, age: 24h}",
       "error out of the budget b: cell-b is 30h behind; at most 24h"},
      {"2026-02-01",
       "2026-01-15",
       "atMost: {minor: 1, age: 48h}",
       "warning cannot be held against the budget b: the versions are dates"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.budget);
    skew.values = {{.value = Value::string(row.newest), .cells = {"cell-a"}},
                   {.value = Value::string(row.older), .cells = {"cell-b"}}};
    const Rules in_force = rules(std::string("budgets: [{name: b, ") + row.budget + "}]");
    const Ruled ruled = apply_rules(
        {skew}, {.rules = in_force, .applications = {}, .cells = {}, .problems = {}, .now = {}});
    const Finding& finding = ruled.findings.front();
    CHECK(std::string(describe(finding.severity)) + " " + finding.reason == row.told);
  }
}

TEST_CASE("an earlier wave that is behind a later one is an error, once for each component") {
  constexpr auto waves =
      "waves: [{name: canary, cells: cell-a}, {name: main, cellLabels: tier=prod}]";
  const auto of_waves = [&](const std::map<std::string, std::string>& versions) {
    std::vector<Finding> findings = judged(with_versions(versions), waves).findings;
    std::erase_if(findings, [](const Finding& finding) { return finding.rule != "skew/wave"; });
    return findings;
  };
  CHECK(of_waves({{"cell-a", "1.3"}, {"cell-b", "1.2"}, {"cell-c", "1.2"}}).empty());
  CHECK(of_waves({{"cell-a", "1.3"}, {"cell-b", "1.3"}, {"cell-c", "1.2"}}).empty());
  const auto found = of_waves({{"cell-a", "1.2"}, {"cell-b", "1.3"}, {"cell-c", "1.3"}});
  CHECK(told(found) == "error skew/wave cell-a spec.template.spec.containers[name=app].image");
  CHECK(found.front().message ==
        "cell-a (wave canary) is behind cell-b (wave main), which comes later: image of container "
        "app of Deployment web is shop/app:1.2 there, shop/app:1.3 in cell-b");
}

}  // namespace
}  // namespace celldrift::audit
