#include "celldrift/audit/audit.hpp"
#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using compare::Change;
using compare::ObjectResult;
using compare::Status;

Input one_cell(std::vector<ObjectResult> objects) {
  return fleet({"cell-a"}, [&](const std::string&) { return objects; });
}

ObjectResult missing() {
  ObjectResult result = equal(deployment("web", "app:1"));
  result.status = Status::missing;
  result.live = Value();
  return result;
}

ObjectResult extra() {
  ObjectResult result = equal(deployment("by-hand", "app:1"));
  result.status = Status::extra;
  result.desired = Value();
  result.owner = compare::Owner{
      .manager = "kubectl-create", .operation = "Update", .subresource = "", .time = {}};
  return result;
}

ObjectResult unknown() {
  ObjectResult result = missing();
  result.status = Status::unknown;
  result.reason = "403 forbidden";
  return result;
}

TEST_CASE("objects that are as Git wants them give a clean report without findings") {
  const Report report = judge(one_cell({equal(deployment("web", "app:1"))}));
  CHECK(report.findings.empty());
  CHECK(report.complete);
  CHECK(report.verdict == Verdict::clean);
}

TEST_CASE("each kind of result gives its rule, severity and category") {
  struct Case {
    ObjectResult result;
    std::string rule;
    Severity severity;
    Category category;
  };
  const Case cases[] = {
      {drifted(Change::modified), "drift/modified", Severity::error, Category::drift},
      {drifted(Change::removed), "drift/removed", Severity::error, Category::drift},
      {drifted(Change::added), "drift/added", Severity::warning, Category::drift},
      {missing(), "missing", Severity::error, Category::missing},
      {extra(), "extra", Severity::warning, Category::extra},
  };
  for (const Case& test : cases) {
    CAPTURE(test.rule);
    const Report report = judge(one_cell({test.result}));
    REQUIRE(report.findings.size() == 1);
    const Finding& finding = report.findings.front();
    CHECK(finding.rule == test.rule);
    CHECK(finding.severity == test.severity);
    CHECK(finding.category == test.category);
    CHECK(finding.cells == std::vector<std::string>{"cell-a"});
    CHECK(finding.application == "cell-a-backend");
    CHECK(report.verdict == Verdict::drifted);
    CHECK(report.complete);
  }
}

TEST_CASE("a difference keeps its path, values, owner and Git line") {
  ObjectResult result = drifted();
  result.differences[0].mark = result.desired.find({"metadata", "name"})->mark();
  result.differences[0].owner = compare::Owner{
      .manager = "kubectl-edit", .operation = "Update", .subresource = "", .time = {}};
  const Finding finding = judge(one_cell({result})).findings.at(0);
  CHECK(finding.path == "/spec/replicas");
  CHECK(finding.path_text == "spec.replicas");
  CHECK(finding.want == Value::integer(3));
  CHECK(finding.have == Value::integer(5));
  CHECK(describe(finding.source) == "apps/web.yaml:3");
  CHECK(finding.changed_by->manager == "kubectl-edit");
  CHECK_FALSE(finding.owner_unknown);
  CHECK(finding.message == "spec.replicas is 5; Git wants 3");
}

TEST_CASE("a difference without a line of its own has its object's") {
  CHECK(describe(judge(one_cell({drifted()})).findings.at(0).source) == "apps/web.yaml:1");
}

TEST_CASE("a drifted object without a difference is still a finding") {
  ObjectResult result = drifted();
  result.differences.clear();
  const Report report = judge(one_cell({result}));
  REQUIRE(report.findings.size() == 1);
  CHECK(report.findings[0].path.empty());
  CHECK(report.verdict == Verdict::drifted);
}

TEST_CASE("an unknown object makes the run incomplete and never clean") {
  const Report report = judge(one_cell({equal(deployment("web", "app:1")), unknown()}));
  CHECK(report.findings.empty());
  CHECK_FALSE(report.complete);
  CHECK(report.verdict == Verdict::incomplete);
  CHECK(report.summary.objects.at(Status::unknown) == 1);
}

TEST_CASE("an unknown object's reason is told once") {
  const auto with_problem = [](std::string cell, std::string application, std::string message) {
    Input input = one_cell({unknown(), unknown()});
    input.problems.push_back({.stage = Stage::observe,
                              .cell = std::move(cell),
                              .application = std::move(application),
                              .message = std::move(message),
                              .source = ""});
    return judge(input).problems.size();
  };
  const Report report = judge(one_cell({unknown(), unknown()}));
  REQUIRE(report.problems.size() == 1);
  CHECK(report.problems[0].message == "apps/Deployment shop/web and 1 more: 403 forbidden");
  CHECK(with_problem("cell-a", "", "apps/Deployment could not be read: 403 forbidden") == 1);
  CHECK(with_problem("cell-a", "cell-a-backend", "403 forbidden") == 1);
  // what happened elsewhere does not explain it
  CHECK(with_problem("cell-a", "", "Service could not be read: timed out") == 2);
  CHECK(with_problem("cell-a", "cell-a-search", "403 forbidden") == 2);
  CHECK(with_problem("cell-b", "", "403 forbidden") == 2);
}

TEST_CASE("a problem makes the run incomplete only where it leaves something unknown") {
  for (const LeavesUnknown unknown : {LeavesUnknown::yes, LeavesUnknown::no}) {
    Input input = one_cell({});
    input.problems.push_back({.stage = Stage::render,
                              .cell = "",
                              .application = "",
                              .message = "m",
                              .source = "",
                              .unknown = unknown});
    const Report report = judge(input);
    CHECK(report.complete == (unknown == LeavesUnknown::no));
    CHECK(report.verdict == (unknown == LeavesUnknown::no ? Verdict::clean : Verdict::incomplete));
  }
}

TEST_CASE("a cell that was not read makes the run incomplete without any problem") {
  Input unreachable = one_cell({});
  unreachable.cells[0].reachable = false;
  CHECK_FALSE(judge(unreachable).complete);
  Input uncovered = one_cell({});
  uncovered.cells[0].coverage = "unknown";
  CHECK_FALSE(judge(uncovered).complete);
}

TEST_CASE("an incomplete run with findings is drifted") {
  const Report report = judge(one_cell({drifted(), unknown()}));
  CHECK_FALSE(report.complete);
  CHECK(report.verdict == Verdict::drifted);
}

TEST_CASE("every object is counted once, in its cell and in all") {
  Input input =
      one_cell({equal(deployment("a", "app:1")), drifted(), missing(), extra(), unknown()});
  input.applications[0].objects.own()[0].accepted.resize(
      2, {.kind = compare::Accepted::Kind::ignored});
  const Report report = judge(input);
  for (const Status status :
       {Status::equal, Status::drifted, Status::missing, Status::extra, Status::unknown}) {
    CHECK(report.summary.objects.at(status) == 1);
    CHECK(report.cells[0].objects.at(status) == 1);
  }
  CHECK(report.summary.cells == 1);
  CHECK(report.summary.applications == 1);
  CHECK(report.summary.components == 1);
  CHECK(report.summary.ignored == 2);
  CHECK(report.summary.by_severity.at(Severity::error) == 2);
  CHECK(report.summary.by_severity.at(Severity::warning) == 1);
  CHECK(report.summary.by_category.at(Category::drift) == 1);
  CHECK(report.summary.by_category.at(Category::skew) == 0);
}

TEST_CASE("an application that failed before it was compared is counted") {
  Input input = one_cell({});
  input.problems.push_back({.stage = Stage::render,
                            .cell = "cell-a",
                            .application = "cell-a-search",
                            .message = "helm",
                            .source = ""});
  const Report report = judge(input);
  CHECK(report.summary.applications == 2);
  CHECK(report.cells[0].applications == 2);
}

TEST_CASE("the order of the input does not matter") {
  Input input = fleet({"cell-c", "cell-a", "cell-b"}, [](const std::string&) {
    return std::vector{drifted(), missing(), extra(), unknown()};
  });
  input.problems = {
      {.stage = Stage::render, .cell = "cell-b", .application = "x", .message = "b", .source = ""},
      {.stage = Stage::git, .cell = "", .application = "", .message = "a", .source = ""}};
  Input reversed = input;
  std::ranges::reverse(reversed.cells);
  std::ranges::reverse(reversed.problems);
  std::ranges::reverse(reversed.applications);
  for (ComparedApplication& application : reversed.applications) {
    std::ranges::reverse(application.objects.own());
  }
  const Report first = judge(input);
  const Report second = judge(reversed);
  CHECK(first.problems == second.problems);
  REQUIRE(first.findings.size() == second.findings.size());
  for (std::size_t i = 0; i < first.findings.size(); ++i) {
    CHECK(first.findings[i].fingerprint == second.findings[i].fingerprint);
    CHECK(first.findings[i].message == second.findings[i].message);
  }
  CHECK(std::ranges::is_sorted(first.cells, {}, &CellSummary::name));
}

TEST_CASE("a fingerprint stays when values, versions, marks and list positions change") {
  ObjectResult changed = drifted();
  changed.differences[0].have = Value::integer(9);
  changed.differences[0].owner = compare::Owner{};
  changed.api_version = "apps/v2";
  CHECK(judge(one_cell({drifted()})).findings.at(0).fingerprint ==
        judge(one_cell({changed})).findings.at(0).fingerprint);
}

TEST_CASE("a fingerprint is the same in every process and on every machine") {
  CHECK(judge(one_cell({drifted()})).findings.at(0).fingerprint == "80f7d27f169b6e0b");
}

TEST_CASE("the findings of a report have distinct fingerprints") {
  ObjectResult twice = drifted();
  twice.differences.push_back(replicas(Change::modified));
  twice.differences.push_back(replicas(Change::added));
  const Report report = judge(fleet({"cell-a", "cell-b"}, [&](const std::string&) {
    return std::vector{twice, missing(), extra()};
  }));
  std::set<std::string> fingerprints;
  for (const Finding& finding : report.findings) {
    CHECK(finding.fingerprint.size() == 16);
    fingerprints.insert(finding.fingerprint);
  }
  CHECK(report.findings.size() == 10);
  CHECK(fingerprints.size() == report.findings.size());
}

TEST_CASE("a run fails at the asked severity and above") {
  const Report warned = judge(one_cell({extra()}));
  CHECK(fails(warned, Severity::note));
  CHECK(fails(warned, Severity::warning));
  CHECK_FALSE(fails(warned, Severity::error));
  CHECK_FALSE(fails(warned, std::nullopt));
  CHECK(fails(judge(one_cell({missing()})), Severity::error));
}

}  // namespace
}  // namespace celldrift::audit
