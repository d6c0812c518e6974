#include "celldrift/history/score.hpp"

#include "celldrift/history/version.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::history {
namespace {

using compare::Change;
using compare::Difference;
using compare::ManagerClass;
using compare::ObjectResult;
using compare::Owner;
using compare::Status;

ObjectResult drifted(Change change, std::optional<ManagerClass> by) {
  ObjectResult result{.key = {"apps", "Deployment", "backend", "web"}, .api_version = "apps/v1"};
  result.status = Status::drifted;
  Difference difference{.path = Path() / "spec" / "replicas", .change = change};
  if (by) {
    difference.owner = Owner{.manager = "somebody", .operation = "Update", .kind = *by};
  }
  result.differences.push_back(std::move(difference));
  return result;
}

ObjectResult with_status(Status status) {
  ObjectResult result{.key = {"", "Service", "backend", "web"}, .api_version = "v1"};
  result.status = status;
  return result;
}

TEST_CASE("what a person wrote says least against a commit, what the GitOps tool wrote most") {
  const ObjectResult in_order[] = {drifted(Change::modified, ManagerClass::person),
                                   drifted(Change::modified, std::nullopt),
                                   drifted(Change::added, ManagerClass::gitops),
                                   drifted(Change::modified, ManagerClass::gitops)};
  for (std::size_t i = 1; i < std::size(in_order); ++i) {
    CAPTURE(i);
    CHECK(score_of(in_order[i - 1]).is_closer_than(score_of(in_order[i])));
  }
  CHECK(score_of(in_order[3]).contradictions == 1);
  CHECK(score_of(in_order[3]).first_contradiction ==
        "Deployment backend/web spec.replicas, which somebody wrote");
  CHECK(score_of(in_order[2]).contradictions == 0);
  CHECK(score_of(in_order[1]).unattributed == 1);
  CHECK(score_of(drifted(Change::removed, std::nullopt)).unattributed == 0);
}

TEST_CASE("a score is exact when something is live and nothing differs") {
  Score score = score_of(with_status(Status::equal));
  CHECK(score.is_exact());
  CHECK(!Score().is_exact());
  score += score_of(with_status(Status::unknown));
  CHECK(score.is_exact());
  CHECK(score_of(with_status(Status::equal)).is_closer_than(score));
  score += score_of(with_status(Status::missing));
  CHECK(!score.is_exact());
  CHECK(score.missing == 1);
  CHECK(score.edits == std::vector<std::string>{"Service backend/web (missing)"});
  CHECK(score_of(with_status(Status::extra)).edits ==
        std::vector<std::string>{"Service backend/web (not in the commit)"});
}

TEST_CASE("a version calls itself by the tag of its main container, else by a label") {
  const auto sources = [](const std::vector<std::string>& texts) {
    auto manifests = std::make_shared<render::Manifests>();
    for (const std::string& text : texts) {
      manifests->objects.push_back(yaml::parse(text).value);
    }
    return std::vector<std::shared_ptr<const render::Manifests>>{manifests};
  };
  const auto workload = [](const std::string& name, const std::string& image) {
    return "kind: Deployment\nmetadata: {name: " + name +
           ", labels: {app.kubernetes.io/version: '7'}}\n"
           "spec: {template: {spec: {containers: [{image: '" +
           image + "'}, {image: 'proxy:9'}]}}}";
  };
  struct Case {
    const char* name;
    std::vector<std::string> texts;
    const char* version;
  };
  const Case cases[] = {
      {"one workload", {workload("web", "host:5000/web:1.2@sha256:ab")}, "1.2"},
      {"several of one tag", {workload("web", "a:1.2"), workload("job", "b:1.2")}, "1.2"},
      {"the one of the component's name",
       {workload("backend", "a:1.2"), workload("x", "b:3")},
       "1.2"},
      {"no tag", {workload("web", "host:5000/web")}, "7"},
      {"a cron job",
       {"kind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{image: "
        "'a:5'}]}}}}}"},
       "5"},
      {"nothing", {"kind: ConfigMap"}, ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(version_of(sources(one.texts), "backend") == one.version);
  }
}

}  // namespace
}  // namespace celldrift::history
