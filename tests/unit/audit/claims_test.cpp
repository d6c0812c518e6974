// What GitOps tools say: which clusters are believed, and that the order of the input is of no
// matter. The findings themselves are tested on whole fleets, in tests/cli/test_claims.py.
#include "celldrift/audit/claims.hpp"

#include "inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::audit {
namespace {

const Time now = *parse_time("2026-03-01T12:00:00Z");

GitApplication expected(const std::string& cell) {
  return {.ns = "argocd",
          .application = cell + "-backend",
          .cell = cell,
          .component = "backend",
          .application_set = "backend",
          .is_automated = true};
}

struct Both {
  Input input;
  ToolClaims tools;
};

ToolApplication live(const std::string& cell, std::string_view status) {
  ToolApplication application{.object = {.api_version = "argoproj.io/v1alpha1",
                                         .kind = "Application",
                                         .ns = "argocd",
                                         .name = cell + "-backend"},
                              .application = cell + "-backend",
                              .component = "backend",
                              .cell = cell};
  application.live =
      yaml::parse("{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: " + cell +
                  "-backend, namespace: argocd}, spec: {}, status: " + std::string(status) + "}")
          .value;
  return application;
}

constexpr std::string_view synced =
    "{sync: {status: Synced, revision: c0ffee}, health: {status: Healthy}}";

ToolState tool(const std::string& cluster, std::vector<ToolApplication> applications) {
  ToolState state{.cluster = cluster, .now = now, .has_applications = true, .has_sets = true};
  state.applications = std::move(applications);
  state.sets = {
      yaml::parse(
          "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: backend, "
          "namespace: argocd}}")
          .value};
  return state;
}

Both two_cells(std::vector<ToolState> tools) {
  Both both;
  both.input = fleet({"cell-a", "cell-b"}, [](const std::string&) {
    return std::vector{equal(deployment("web", "app:1"))};
  });
  both.tools.applications = {expected("cell-a"), expected("cell-b")};
  both.tools.sets = {{.ns = "argocd", .name = "backend", .mark = {}}};
  both.tools.states = std::move(tools);
  return both;
}

std::vector<std::string> rules_of(const Both& both) {
  std::vector<std::string> rules;
  for (const Finding& finding : claims(both.input, both.tools)) {
    rules.push_back(finding.rule + " " + finding.cells.front());
  }
  std::ranges::sort(rules);
  return rules;
}

using Rules = std::vector<std::string>;

TEST_CASE("all that Git makes is there: nothing is found") {
  CHECK(
      rules_of(two_cells({tool("hub", {live("cell-a", synced), live("cell-b", synced)})})).empty());
  CHECK(rules_of(two_cells({})).empty());
}

TEST_CASE("an Application is missing where no cluster that may have it has it") {
  ToolState hub = tool("hub", {live("cell-a", synced)});
  CHECK(rules_of(two_cells({hub})) == Rules{"gitops/missing-application cell-b"});

  SUBCASE("but one that has none of Git's proves nothing") {
    hub.applications.clear();
    hub.sets.clear();
    CHECK(rules_of(two_cells({hub})).empty());
    hub.is_hub = true;  // unless Argo CD is known to run there
    CHECK(rules_of(two_cells({hub})).size() == 3);
  }
  SUBCASE("nor one that could not be read") {
    hub.unread = "access denied";
    CHECK(rules_of(two_cells({hub})).empty());
  }
  SUBCASE("nor other namespaces") {
    hub.namespaces = {"other"};
    CHECK(rules_of(two_cells({hub})).empty());
  }
  SUBCASE("while another one may have it") {
    ToolState other{.cluster = "cell-b", .now = now, .unread = "access denied"};
    CHECK(rules_of(two_cells({hub, other})).empty());
    hub.is_hub = true;
    CHECK(rules_of(two_cells({hub, other})) == Rules{"gitops/missing-application cell-b"});
  }
}

TEST_CASE("an Application is not missing twice") {
  Both both = two_cells({tool("hub", {live("cell-a", synced)})});
  both.input.applications.front().objects.own().push_back(
      object(compare::Status::missing,
             "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: "
             "cell-b-backend, namespace: argocd}}",
             ""));
  CHECK(rules_of(both) == Rules{"gitops/claims-synced cell-a"});
}

TEST_CASE("Synced is a false claim of what Argo CD would see") {
  struct Case {
    std::string_view what;
    compare::Change change;
    Rules rules;
  };
  const Case cases[] = {
      {"another value", compare::Change::modified, {"gitops/claims-synced cell-a"}},
      {"what is gone", compare::Change::removed, {"gitops/claims-synced cell-a"}},
      {"what Git does not state is not compared", compare::Change::added, {}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    Both both = two_cells({tool("hub", {live("cell-a", synced), live("cell-b", synced)})});
    both.input.applications.front().objects = {drifted(each.change)};
    CHECK(rules_of(both) == each.rules);
  }
}

TEST_CASE("a status that is about an older commit explains what is live") {
  ToolApplication application = live("cell-a", synced);
  application.revisions = {{.source = "",
                            .said = "c0ffee",
                            .wanted = "decade",
                            .is_older = true,
                            .changes = 2,
                            .wanted_time = now - std::chrono::hours(3),
                            .last_change = "c0ffee"}};
  const auto found = [&] {
    Both both = two_cells({tool("hub", {application, live("cell-b", synced)})});
    both.input.applications.front().objects = {drifted()};
    Proved proved{.cell = "cell-a", .application = "cell-a-backend", .commit = "c0ffee"};
    proved.match = Proved::Match::exact;
    both.input.proved = {proved};
    return both;
  };
  CHECK(rules_of(found()) == Rules{"gitops/behind cell-a"});

  SUBCASE("unless live is of another commit") {
    Both both = found();
    both.input.proved.front().commit = "facade";
    CHECK(rules_of(both) == Rules{"gitops/behind cell-a", "gitops/claims-synced cell-a"});
  }
  SUBCASE("or edited by hand") {
    Both both = found();
    both.input.proved.front().match = Proved::Match::edited;
    CHECK(rules_of(both) == Rules{"gitops/behind cell-a", "gitops/claims-synced cell-a"});
  }
  SUBCASE("and a young commit may be on its way") {
    application.revisions.front().wanted_time = now - std::chrono::minutes(5);
    CHECK(rules_of(found()).empty());
  }
}

TEST_CASE("why an Application was never looked at is told by what was") {
  ToolApplication made = live("cell-b", "{}");
  made.live = made.live.with("metadata",
                             yaml::parse("{name: cell-b-backend, creationTimestamp: "
                                         "\"2026-03-01T11:00:00Z\"}")
                                 .value);
  const auto reasons = [](const Both& both) {
    std::vector<std::string> all;
    for (const Finding& finding : claims(both.input, both.tools)) {
      if (finding.rule == "gitops/never-looked-at") {
        all.push_back(finding.reason);
      }
    }
    return all;
  };
  SUBCASE("the namespace") {
    made.object.ns = "team";
    Both both = two_cells({tool("hub", {live("cell-a", synced), made})});
    both.tools.applications[1].ns = "team";
    CHECK(reasons(both) == Rules{"it has looked at nothing in namespace team: "
                                 "application.namespaces may not name it"});
  }
  SUBCASE("the shard") {
    CHECK(reasons(two_cells({tool("hub", {live("cell-a", synced), made})})) ==
          Rules{"it has looked at nothing that deploys to cell-b: nobody may run the shard of that "
                "cluster"});
  }
  SUBCASE("but not where the hub is another cluster") {
    ToolState hub = tool("hub", {live("cell-a", synced), live("cell-b", synced)});
    hub.is_hub = true;
    CHECK(reasons(two_cells({hub, tool("cell-b", {made})})).empty());
  }
  SUBCASE("nor while the cell is paused") {
    Both both = two_cells({tool("hub", {live("cell-a", synced), made})});
    KnownCell cell{.name = "cell-b"};
    cell.annotations.emplace("argocd.argoproj.io/skip-reconcile", "true");
    both.input.known.push_back(std::move(cell));
    CHECK(reasons(both).empty());
  }
}

TEST_CASE("the order of clusters and Applications is of no matter") {
  std::vector<ToolState> tools{
      tool("cell-a", {live("cell-a", "{sync: {status: Unknown}}"), live("cell-b", synced)}),
      tool("cell-b", {live("cell-c", synced)})};
  const auto text = [](std::vector<ToolState> states) {
    std::string all;
    Both both = two_cells(std::move(states));
    for (const Finding& finding : judge(std::move(both.input), std::move(both.tools)).findings) {
      all += finding.fingerprint + " " + finding.message + "\n";
    }
    return all;
  };
  const std::string there = text(tools);
  std::ranges::reverse(tools.back().applications);
  std::ranges::reverse(tools.front().applications);
  std::ranges::reverse(tools);
  CHECK(text(tools) == there);
  CHECK_FALSE(there.empty());
}

TEST_CASE("what is said alike of many has one cause") {
  const std::string_view broken =
      "{sync: {status: Unknown}, conditions: [{type: ComparisonError, message: no repo server}]}";
  Both both = two_cells({tool("hub", {live("cell-a", broken), live("cell-b", broken)})});
  const Report report = judge(std::move(both.input), std::move(both.tools));
  REQUIRE(report.causes.size() == 1);
  CHECK(report.causes.front().kind == Cause::Kind::same_change);
  CHECK(report.causes.front().message ==
        "Application argocd/* in 2 cells: an error; Argo CD says \"no repo server\"");
}

}  // namespace
}  // namespace celldrift::audit
