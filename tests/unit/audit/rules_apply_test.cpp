// What rules make of findings: severities, waivers, and what is said of waivers.
#include "unit/audit/rules_inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::Change;

// Both cells: one field changed by hand (error), in cell-b one added (warning) as well.
Input two_cells() {
  Input input = fleet({"cell-a", "cell-b"}, [](const std::string& cell) {
    compare::ObjectResult web = drifted();
    web.live = yaml::parse("metadata: {labels: {app: web, tier: front}}").value;
    web.differences.front().owner = {.manager = "kubectl-edit",
                                     .operation = "Update",
                                     .subresource = "",
                                     .time = {},
                                     .kind = compare::ManagerClass::person};
    if (cell == "cell-b") {
      compare::Difference label;
      label.path = Path() / "metadata" / "annotations" / "a.b/c";
      label.change = Change::added;
      label.have = Value::string("1");
      web.differences.push_back(label);
    }
    return std::vector{web};
  });
  input.cells[0].labels = {{"tier", "canary"}};
  input.cells[1].labels = {{"tier", "prod"}};
  return input;
}

constexpr auto untouched =
    "error drift/modified cell-a spec.replicas; warning drift/added cell-b "
    "metadata.annotations[\"a.b/c\"]; error drift/modified cell-b spec.replicas";

std::string severities_with(const std::string& match) {
  const Report report =
      judged(two_cells(), "rules: [{name: r, severity: note, match: " + match + "}]");
  std::string text;
  for (const Finding& finding : report.findings) {
    text += describe(finding.severity).front();
  }
  return text;
}

TEST_CASE("without rules findings are what they are") {
  std::vector<Finding> findings = judge(two_cells()).findings;
  std::ranges::sort(findings, {}, &Finding::cells);
  CHECK(findings.size() == 3);
  CHECK_FALSE(findings.front().ruling);
}

TEST_CASE("a rule sets the severity of what it matches, by each of its conditions") {
  struct Case {
    const char* match;
    const char* severities;  // of the annotation in cell-b, then of the replicas in both cells
  };
  const Case cases[] = {
      {"{}", "nnn"},
      {"{kind: Deployment}", "nnn"},
      {"{kind: apps/Deployment}", "nnn"},
      {"{kind: [Service, 'Deploy*']}", "nnn"},
      {"{kind: batch/Deployment}", "wee"},
      {"{group: apps}", "nnn"},
      {"{group: ''}", "wee"},
      {"{name: web, namespace: shop}", "nnn"},
      {"{name: we}", "wee"},
      {"{labels: tier=front}", "nnn"},
      {"{labels: {tier: [front, back]}}", "nnn"},
      {"{labels: '!tier'}", "wee"},
      {"{component: backend}", "nnn"},
      {"{application: cell-a-*}", "wne"},
      {"{cells: cell-b}", "nen"},
      {"{cellLabels: tier=prod}", "nen"},
      {"{cellLabels: {tier: canary}, cells: '*'}", "wne"},
      {"{path: spec.replicas}", "wnn"},
      {"{path: [/spec/replicas, 'metadata.annotations[*]']}", "nnn"},
      {"{category: skew}", "wee"},
      {"{rule: drift/*}", "nnn"},
      {"{rule: drift/added}", "nee"},
      {"{manager: kubectl-*}", "wnn"},
      {"{manager: '*'}", "wnn"},
      {"{managerKind: person}", "wnn"},
      {"{managerKind: nobody}", "nee"},
      {"{severity: warning}", "nee"},
      {"{not: {path: spec}}", "nee"},
      {"{not: [{cells: cell-a}, {severity: warning}]}", "wen"},
      {"{kind: Deployment, not: {managerKind: [person, nobody]}}", "wee"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.match);
    CHECK(severities_with(row.match) == row.severities);
  }
}

TEST_CASE("the last rule that matches wins, and says what it was before") {
  const Report report = judged(two_cells(), R"(rules:
- {name: all, severity: note}
- {name: replicas, severity: warning, match: {path: spec.replicas}}
- {name: other, severity: note, match: {kind: Service}}
)");
  for (const Finding& finding : report.findings) {
    const bool is_replicas = finding.path_text == "spec.replicas";
    CHECK(finding.severity == (is_replicas ? Severity::warning : Severity::note));
    REQUIRE(finding.ruling);
    CHECK(finding.ruling->rule == (is_replicas ? "replicas" : "all"));
    CHECK(finding.ruling->was == (is_replicas ? Severity::error : Severity::warning));
  }
  CHECK(report.summary.by_severity.at(Severity::error) == 0);
  CHECK(report.verdict == Verdict::drifted);
}

TEST_CASE("a waiver hides, is counted, and keeps what it hides with the reason") {
  const Report report = judged(two_cells(), R"(waivers:
- {name: load-test, match: {path: spec.replicas}, reason: until the move, owner: team-a, ticket: OPS-1, expires: 2026-12-24}
)");
  CHECK(told(report.findings) == "warning drift/added cell-b metadata.annotations[\"a.b/c\"]");
  CHECK(told(report.waived) ==
        "error drift/modified cell-a spec.replicas; error drift/modified cell-b spec.replicas");
  CHECK(report.summary.waived == 2);
  REQUIRE(report.hidden.size() == 1);
  CHECK(report.hidden[0].rule == "load-test");
  CHECK(report.hidden[0].by == std::vector<std::string>{"team-a"});
  CHECK(report.hidden[0].reason == "until the move (OPS-1)");
  CHECK(report.hidden[0].differences == 2);
  CHECK(report.waived[0].ruling->rule == "load-test");
  // Nor is it shown as a change of its object.
  REQUIRE(report.objects.size() == 1);
  CHECK(report.objects[0].live.find({"spec", "replicas"}) == nullptr);
}

TEST_CASE("what is waived does not fail a run") {
  const Report report =
      judged(two_cells(), "waivers: [{name: all, match: {kind: '*'}, reason: a test}]");
  CHECK(report.findings.empty());
  CHECK(report.verdict == Verdict::clean);
  CHECK_FALSE(fails(report, Severity::note));
}

TEST_CASE("waivers end, and are then findings themselves") {
  struct Case {
    const char* now;
    bool hides;
    const char* finding;  // of the waiver
  };
  const Case cases[] = {
      {"2026-12-01T00:00:00Z", true, ""},
      {"2026-12-17T23:59:59Z", true, ""},
      {"2026-12-18T00:00:00Z", true, "note rules/expiring"},
      {"2026-12-24T23:59:59Z", true, "note rules/expiring"},
      {"2026-12-25T00:00:00Z", false, "warning rules/expired"},
      {"2027-12-25T00:00:00Z", false, "warning rules/expired"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.now);
    Report report =
        judged(two_cells(),
               "waivers: [{name: w, match: {kind: '*'}, reason: r, expires: 2026-12-24}]",
               row.now);
    CHECK(report.waived.size() == (row.hides ? 3 : 0));
    std::erase_if(report.findings,
                  [](const Finding& finding) { return finding.category != Category::rules; });
    CHECK(told(report.findings) == row.finding);
  }
}

TEST_CASE("a waiver that matches nothing is a finding, unless it may be about what is unknown") {
  constexpr auto idle = "waivers: [{name: w, match: {component: gone, cells: cell-b}, reason: r}]";
  const auto of_rules = [&](const Input& input, const char* text) {
    std::vector<Finding> findings = judged(input, text).findings;
    std::erase_if(findings,
                  [](const Finding& finding) { return finding.category != Category::rules; });
    return told(findings);
  };
  CHECK(of_rules(two_cells(), idle) == "warning rules/unmatched");
  CHECK(of_rules(two_cells(), "waivers: [{name: w, match: {cells: cell-x}, reason: r}]") ==
        "note rules/unmatched");

  Input partial = two_cells();
  partial.cells[1].coverage = "partial";
  CHECK(of_rules(partial, idle) == "");
  partial = two_cells();
  partial.cells[0].reachable = false;  // of another cell
  CHECK(of_rules(partial, idle) == "warning rules/unmatched");
  partial = two_cells();
  partial.problems = {{.stage = Stage::render, .cell = "", .application = "", .message = "broken"}};
  CHECK(of_rules(partial, idle) == "");
}

TEST_CASE("what is said of waivers can be ranked, but not waived") {
  const Report report = judged(two_cells(), R"(
rules: [{name: r, match: {category: rules}, severity: note}]
waivers:
- {name: old, match: {kind: Deployment}, reason: r, expires: 2026-01-01}
- {name: all, match: {rule: '*'}, reason: r}
)");
  CHECK(told(report.findings) == "note rules/expired");
}

TEST_CASE("a finding of several cells matches when all its cells do") {
  Input input =
      fleet({"cell-a", "cell-b", "cell-c", "cell-d", "cell-e"}, [](const std::string& cell) {
        return std::vector{equal(deployment("web", cell < "cell-d" ? "app:1.2" : "app:1.1"))};
      });
  const auto hidden = [&](const char* cells) {
    return judged(input,
                  std::string("waivers: [{name: w, match: {category: skew, cells: ") + cells +
                      "}, reason: r}]")
        .waived.size();
  };
  CHECK(hidden("[cell-d, cell-e]") == 1);
  CHECK(hidden("cell-d") == 0);
}

TEST_CASE("the order of cells and Applications does not matter") {
  constexpr auto text = R"(
rules: [{name: hosts, match: {path: 'spec.template.spec.containers[*].image'}, mustDiffer: true}]
waivers: [{name: w, match: {path: spec.replicas, cells: cell-a}, reason: r}]
)";
  Input input = two_cells();
  const Report first = judged(input, text);
  std::ranges::reverse(input.cells);
  std::ranges::reverse(input.applications);
  const Report second = judged(input, text);
  CHECK(told(first.findings) == told(second.findings));
  CHECK(first.findings.size() == 2);
  for (std::size_t i = 0; i < first.findings.size(); ++i) {
    CHECK(first.findings[i].message == second.findings[i].message);
    CHECK(first.findings[i].fingerprint == second.findings[i].fingerprint);
  }
}

TEST_CASE(
    "parity findings are hidden where rules say that cells may differ, and raised where not") {
  Finding parity;
  parity.rule = "parity/field";
  parity.category = Category::parity;
  parity.severity = Severity::warning;
  parity.cells = {"cell-a"};
  parity.object = {.api_version = "v1", .kind = "Service", .ns = "shop", .name = "web"};
  parity.path = "/spec/clusterIP";
  parity.path_text = "spec.clusterIP";
  Finding drift = parity;
  drift.category = Category::drift;
  const auto apply = [&](const Rules& in_force) {
    return apply_rules(
        {parity, drift},
        {.rules = in_force, .applications = {}, .cells = {}, .problems = {}, .now = {}});
  };
  // A pack that is in force hides it; drift of the same field is none of its business.
  const Ruled by_pack = apply(pack_rules({}));
  CHECK(told(by_pack.waived) == "warning parity/field cell-a spec.clusterIP");
  CHECK(by_pack.findings.size() == 1);
  REQUIRE(by_pack.hidden.size() == 1);
  CHECK(by_pack.hidden[0].by == std::vector<std::string>{"pack defaults"});
  // The later rule counts.
  Rules required = pack_rules({});
  append(required, rules("rules: [{name: r, match: {kind: Service}, parity: require}]"));
  const Ruled strict = apply(required);
  CHECK(told(strict.findings) ==
        "error parity/field cell-a spec.clusterIP; warning parity/field cell-a spec.clusterIP");
}

}  // namespace
}  // namespace celldrift::audit
