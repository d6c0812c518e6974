// The gate over waves: who runs the deploy already, how well, and who is ahead of whom after it.
#include "unit/audit/gate_inputs.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

constexpr auto two_waves =
    "waves: [{name: canary, cells: cell-a, soak: 30m}, {name: rest, cells: 'cell-*'}]";

std::string live_web(const std::string& image, const std::string& since, int available = 3) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, "
         "generation: 2, "
         "creationTimestamp: '2026-01-01T00:00:00Z'}\n"
         "spec: {replicas: 3, template: {spec: {containers: [{name: app, image: \"" +
         image +
         "\"}]}}}\nstatus: {observedGeneration: 2, replicas: 3, updatedReplicas: 3, "
         "availableReplicas: " +
         std::to_string(available) +
         ", conditions: [{type: Progressing, status: 'True', lastTransitionTime: "
         "'2026-01-01T00:00:00Z', lastUpdateTime: '" +
         since + "'}]}\n";
}

compare::ObjectResult running(const std::string& image,
                              const std::string& since,
                              int available = 3) {
  return object(
      compare::Status::equal, deployment("web", image), live_web(image, since, available));
}

compare::ObjectResult behind() {
  compare::ObjectResult result = object(compare::Status::drifted,
                                        deployment("web", "app:1.1"),
                                        live_web("app:1.0", "2026-01-01T00:00:00Z"));
  result.differences = {difference(Path() / "spec" / "template", "b", "a")};
  return result;
}

// The canary is as `canary` says, the other cell gets the deploy.
GateReport second_wave(compare::ObjectResult canary) {
  GateApplication first = gated("cell-a", {}, {std::move(canary)});
  first.differs = false;
  GateInput input = gate_input(
      {first, gated("cell-b", {equal(deployment("web", "app:1.0"))}, {behind()})}, two_waves);
  input.receives = {"cell-b"};
  input.wave = 1;
  return gate(std::move(input));
}

TEST_CASE("a wave waits until the earlier ones run it, healthily and for long enough") {
  struct Case {
    const char* name;
    compare::ObjectResult canary;
    WaveCell::State state;
    const char* reasons;
  };
  compare::ObjectResult unknown = behind();
  unknown.status = compare::Status::unknown;
  compare::ObjectResult uncounted = running("app:1.1", "2026-11-26T11:00:00Z", 2);
  const Value note =
      parsed("{annotations: {argocd.argoproj.io/ignore-healthcheck: 'true'}, name: web}");
  uncounted.live = uncounted.live.with("metadata", note);
  const Case cases[] = {
      {"ready", running("app:1.1", "2026-11-26T11:00:00Z"), WaveCell::State::ready, ""},
      {"too new",
       running("app:1.1", "2026-11-26T11:45:00Z"),
       WaveCell::State::soaking,
       "block soak cell-a"},
      {"just in time", running("app:1.1", "2026-11-26T11:30:00Z"), WaveCell::State::ready, ""},
      {"not healthy",
       running("app:1.1", "2026-11-26T11:00:00Z", 2),
       WaveCell::State::unhealthy,
       "block unhealthy cell-a"},
      {"not healthy, which does not count", uncounted, WaveCell::State::ready, ""},
      {"not there", behind(), WaveCell::State::behind, "block wave cell-a"},
      {"unknown", unknown, WaveCell::State::unknown, "block unknown cell-a"},
      {"missing",
       missing_object(deployment("web", "app:1.1")),
       WaveCell::State::behind,
       "block wave cell-a"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const GateReport report = second_wave(each.canary);
    REQUIRE(report.waves.size() == 1);
    REQUIRE(report.waves.front().cells.size() == 1);
    CHECK(report.waves.front().cells.front().state == each.state);
    CHECK(reasons(report) == each.reasons);
  }
}

TEST_CASE("the first wave waits for nobody") {
  GateInput input =
      gate_input({gated("cell-a", {equal(deployment("web", "app:1.0"))}, {behind()})}, two_waves);
  input.wave = 0;
  const GateReport report = gate(input);
  CHECK(report.verdict == GateVerdict::go);
  CHECK(report.waves.empty());
  CHECK(report.wave == "canary");
}

TEST_CASE("an earlier wave that runs nothing of it is no obstacle") {
  GateInput input =
      gate_input({gated("cell-b", {equal(deployment("web", "app:1.0"))}, {behind()})}, two_waves);
  input.now.cells.push_back(cell("cell-a"));
  input.wave = 1;
  const GateReport report = gate(input);
  CHECK(report.verdict == GateVerdict::go);
  CHECK(report.waves.front().cells.front().state == WaveCell::State::untouched);
}

TEST_CASE("a snapshot tells of the time that it was taken at") {
  GateApplication first = gated("cell-a", {}, {running("app:1.1", "2026-11-26T11:00:00Z")});
  first.differs = false;
  GateInput input = gate_input(
      {first, gated("cell-b", {equal(deployment("web", "app:1.0"))}, {behind()})}, two_waves);
  input.receives = {"cell-b"};
  input.wave = 1;
  input.now.cells.front().snapshot_time = "2026-11-26T11:10:00Z";
  input.cells.front().time = *parse_time("2026-11-26T11:10:00Z");
  CHECK(reasons(gate(input)) == "block soak cell-a");
}

// cell-a gets the deploy to `image`, cell-b stays at 1.0.
GateReport one_of_two(const std::string& image, const std::string& rules_text) {
  const auto next = [&] {
    compare::ObjectResult result =
        object(compare::Status::drifted, deployment("web", image), deployment("web", "app:1.0"));
    result.differences = {difference(Path() / "spec" / "template", "b", "a")};
    return result;
  };
  const auto now = [] { return equal(deployment("web", "app:1.0")); };
  GateInput input = gate_input(
      {gated("cell-a", {now()}, {next()}), gated("cell-b", {now()}, {next()})}, rules_text);
  input.receives = {"cell-a"};
  return gate(input);
}

TEST_CASE("skew after the deploy is held against the budgets") {
  const std::string budget = "budgets: [{name: one-minor, atMost: {minor: 1}}]";
  CHECK(reasons(one_of_two("app:1.1", budget)).empty());
  CHECK(reasons(one_of_two("app:1.2", budget)) == "block skew cell-b");
  CHECK(reasons(one_of_two("app:2.0", budget)) == "block skew cell-b");
  CHECK(reasons(one_of_two("app:2.0", "{}")).empty());  // nobody minds
  CHECK(one_of_two("app:2.0", "{}").skew.size() == 1);
}

TEST_CASE("a deploy that leaves an earlier wave behind does not go") {
  const std::string waves = "waves: [{name: one, cells: cell-b}, {name: two, cells: cell-a}]";
  CHECK(reasons(one_of_two("app:1.1", waves)) == "block wave cell-b");
  const std::string turned = "waves: [{name: one, cells: cell-a}, {name: two, cells: cell-b}]";
  CHECK(reasons(one_of_two("app:1.1", turned)).empty());
}

TEST_CASE("skew that the deploy mends is no reason") {
  const std::string budget = "budgets: [{name: none, behind: none}]";
  const auto old = [] {
    compare::ObjectResult result = object(
        compare::Status::drifted, deployment("web", "app:1.1"), deployment("web", "app:1.0"));
    result.differences = {difference(Path() / "spec" / "template", "b", "a")};
    return result;
  };
  GateApplication done = gated("cell-b", {}, {equal(deployment("web", "app:1.1"))});
  done.differs = false;
  GateInput input =
      gate_input({gated("cell-a", {equal(deployment("web", "app:1.0"))}, {old()}), done}, budget);
  input.receives = {"cell-a"};
  CHECK(gate(input).verdict == GateVerdict::go);
}

}  // namespace
}  // namespace celldrift::audit
