// Why each field is, or is not, a finding: on request, and without an influence on what is found.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>

using namespace celldrift;

namespace {

compare::Comparison explained(const Value& desired, const Value& live) {
  return compare::compare(desired, live, "app", {.explain = compare::Explain::yes});
}

std::map<std::string, compare::Decision> by_path(const compare::Comparison& comparison) {
  std::map<std::string, compare::Decision> decisions;
  for (const compare::Decision& decision : comparison.decisions) {
    decisions.emplace(decision.path.text(), decision);
  }
  return decisions;
}

}  // namespace

TEST_CASE("each field of an object is decided, in a sentence") {
  const Value desired = yaml::parse(R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: x, labels: {app: a}}
spec:
  replicas: 2
  paused: false
  template: {spec: {containers: [{name: app, image: i:1, resources: {requests: {cpu: 0.5}}}]}}
)")
                            .value;
  const Value live = yaml::parse(R"(
apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
  namespace: x
  labels: {app: a, team: web, seen: "yes"}
  annotations: {argocd.argoproj.io/tracking-id: "app:apps/Deployment:x/a"}
  managedFields:
    - {manager: argocd-controller, operation: Apply, time: "2026-01-01T00:00:00Z", fieldsV1: {"f:metadata": {"f:labels": {"f:app": {}}}}}
    - {manager: kubectl-label, operation: Update, time: "2026-02-01T00:00:00Z", fieldsV1: {"f:metadata": {"f:labels": {"f:team": {}}}}}
    - {manager: example-controller, operation: Update, time: "2026-02-01T00:00:00Z", fieldsV1: {"f:metadata": {"f:labels": {"f:seen": {}}}}}
spec:
  replicas: 3
  revisionHistoryLimit: 10
  template: {spec: {containers: [{name: app, image: i:1, resources: {requests: {cpu: 500m}}}]}}
status: {replicas: 3}
)")
                         .value;
  using Outcome = compare::Decision::Outcome;
  const std::pair<const char*, Outcome> expected[] = {
      {"metadata.labels.app", Outcome::equal},
      {"metadata.labels.team", Outcome::drift},
      {"metadata.labels.seen", Outcome::controller},
      {R"(metadata.annotations["argocd.argoproj.io/tracking-id"])", Outcome::mark},
      {"spec.replicas", Outcome::drift},
      {"spec.paused", Outcome::equal},
      {"spec.revisionHistoryLimit", Outcome::defaulted},
      {"spec.template.spec.containers[name=app].image", Outcome::equal},
      {"spec.template.spec.containers[name=app].resources.requests.cpu", Outcome::equal},
      {"status", Outcome::server},
  };
  const auto decisions = by_path(explained(desired, live));
  for (const auto& [path, outcome] : expected) {
    CAPTURE(std::string(path));
    const auto found = decisions.find(path);
    REQUIRE(found != decisions.end());
    CHECK(compare::describe(found->second.outcome) == compare::describe(outcome));
    CHECK(found->second.why != "");
  }
  CHECK(decisions.at("metadata.labels.team").owners.at(0).manager == "kubectl-label");
}

TEST_CASE("to explain changes nothing of what is found") {
  for (const auto& entry : std::filesystem::directory_iterator(CELLDRIFT_TESTDATA "/ownership")) {
    const Value recording = yaml::parse_json(read_file(entry.path().string())).value;
    const Value& desired = *recording.find("desired");
    const Value& live = *recording.find("live");
    CAPTURE(entry.path().filename().string());
    CHECK(explained(desired, live).differences.size() ==
          compare::diff(desired, live, "app").size());
    CHECK(explained(desired, live).decisions.size() > 0);
    CHECK(compare::compare(desired, live, "app", {}).decisions.empty());
  }
}
