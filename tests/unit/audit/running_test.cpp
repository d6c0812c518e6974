#include "celldrift/audit/running.hpp"

#include "celldrift/audit/versions.hpp"
#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::string_view one =
    "sha256:1111111111111111111111111111111111111111111111111111111111111111";
constexpr std::string_view two =
    "sha256:2222222222222222222222222222222222222222222222222222222222222222";

Time at(std::string_view text) {
  return *parse_time(text);
}
const Time now = at("2026-03-01T12:00:00Z");

// A pod of `web` in one line: its ReplicaSet's hash, image and image id.
struct Pod {
  std::string hash = "abc";
  std::string image = "app:1.3";
  std::string image_id = "docker.io/library/app@" + std::string(one);
  std::string more = "";  // of metadata
  std::string made = "2026-03-01T08:00:00Z";
  std::string phase = "Running";
};

Value pod(const Pod& pod) {
  return yaml::parse("apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-" + pod.hash +
                     "-x\n  namespace: shop\n  creationTimestamp: \"" + pod.made +
                     "\"\n  labels: {app: web, pod-template-hash: " + pod.hash +
                     "}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-" +
                     pod.hash + ", controller: true}]\n" + pod.more +
                     "spec: {containers: [{name: app, image: \"" + pod.image +
                     "\"}, {name: injected, image: \"proxy:" + pod.hash +
                     "\"}]}\nstatus: {phase: " + pod.phase +
                     ", containerStatuses: [{name: app, image: x, imageID: \"" + pod.image_id +
                     "\"}]}\n")
      .value;
}

std::string web(std::string_view image,
                std::string_view more_spec = "",
                std::string_view status = "") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n"
         "  selector: {matchLabels: {app: web}}\n" +
         std::string(more_spec) + "  template: {spec: {containers: [{name: app, image: \"" +
         std::string(image) + "\"}]}}\n" + std::string(status);
}

constexpr std::string_view progressing =
    "status: {conditions: [{type: Progressing, status: \"True\", reason: ReplicaSetUpdated}]}\n";
constexpr std::string_view exceeded =
    "status: {conditions: [{type: Progressing, status: \"False\", reason: "
    "ProgressDeadlineExceeded}]}\n";

RunningPods running_of(const std::string& workload, const std::vector<Pod>& pods) {
  const Value object = yaml::parse(workload).value;
  std::vector<Value> values;
  std::ranges::transform(pods, std::back_inserter(values), pod);
  std::vector<const Value*> pointers;
  std::ranges::transform(
      values, std::back_inserter(pointers), [](const Value& value) { return &value; });
  return running_pods(pointers, {{key_of(object), &object}}, now).at(key_of(object));
}

const std::string image_13 = "docker.io/library/app@" + std::string(one);
const std::string image_12 = "docker.io/library/app@" + std::string(two);

TEST_CASE("pods are brought to their Deployment by owner, label and selector") {
  const RunningPods pods = running_of(web("app:1.3"), {Pod{}, Pod{}, Pod{}});
  CHECK(pods.pods == 3);
  CHECK_FALSE(pods.rolling);
  REQUIRE(pods.containers.size() == 1);  // what a webhook put beside it is not the workload's
  CHECK(pods.containers[0].images ==
        std::vector<RunningImage>{{.image = "app:1.3", .digest = std::string(one), .pods = 3}});
}

TEST_CASE("pods that are nobody's, another's, ended or being deleted do not count") {
  std::vector<Value> pods = {
      pod({.phase = "Failed"}),
      pod({.phase = "Succeeded"}),
      pod({.more = "  deletionTimestamp: \"2026-03-01T11:59:00Z\"\n"}),
      yaml::parse("{apiVersion: v1, kind: Pod, metadata: {name: web-abc-y, namespace: shop}}")
          .value,
      yaml::parse(
          "{apiVersion: v1, kind: Pod, metadata: {name: web-abc-z, namespace: other, labels: "
          "{app: web, pod-template-hash: abc}, ownerReferences: [{kind: ReplicaSet, name: "
          "web-abc, controller: true}]}}")
          .value,
      yaml::parse("{apiVersion: v1, kind: Pod, metadata: {name: w, namespace: shop, labels: {app: "
                  "other, pod-template-hash: abc}, ownerReferences: [{kind: ReplicaSet, name: "
                  "web-abc, controller: true}]}}")
          .value,
      yaml::parse(
          "{apiVersion: v1, kind: Pod, metadata: {ownerReferences: [1, {kind: [x]}], labels: "
          "3}, spec: 7, status: {containerStatuses: {}}}")
          .value,
  };
  const Value workload = yaml::parse(web("app:1.3")).value;
  std::vector<const Value*> pointers;
  std::ranges::transform(
      pods, std::back_inserter(pointers), [](const Value& value) { return &value; });
  CHECK(running_pods(pointers, {{key_of(workload), &workload}}, now).begin()->second.pods == 0);
}

TEST_CASE("StatefulSets and DaemonSets own their pods themselves") {
  for (const std::string kind : {"StatefulSet", "DaemonSet"}) {
    const Value workload =
        yaml::parse("{apiVersion: apps/v1, kind: " + kind +
                    ", metadata: {name: db, namespace: shop}, spec: {template: {spec: {containers: "
                    "[{name: db, image: \"db:1\"}]}}}}")
            .value;
    const Value of_it = yaml::parse(
                            "{apiVersion: v1, kind: Pod, metadata: {name: db-0, namespace: shop, "
                            "ownerReferences: [{kind: " +
                            kind +
                            ", name: db, controller: true}]}, spec: "
                            "{containers: [{name: db, image: \"db:1\"}]}}")
                            .value;
    const Value* pods[] = {&of_it};
    CHECK(running_pods(pods, {{key_of(workload), &workload}}, now).begin()->second.pods == 1);
  }
}

TEST_CASE("which rollouts have stopped, and why") {
  const std::vector<Pod> torn = {{.hash = "new", .image = "app:1.3"},
                                 {.hash = "old", .image = "app:1.2"}};
  const std::string written =
      "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: x, managedFields: [{manager: m, "
      "time: \"";
  struct Case {
    const char* name;
    std::string workload;
    std::vector<Pod> pods;
    bool rolling;
    std::string stopped;
  };
  const Case cases[] = {
      {"all pods of one template", web("app:1.3", "", exceeded), {Pod{}, Pod{}}, false, ""},
      {"progressing", web("app:1.3", "", progressing), torn, true, ""},
      {"nothing is known of its progress", web("app:1.3"), torn, true, ""},
      {"past its deadline",
       web("app:1.3", "", exceeded),
       torn,
       true,
       "its progress deadline is exceeded"},
      {"paused", web("app:1.3", "  paused: true\n", progressing), torn, true, "it is paused"},
      {"no pod of the new template at all",
       web("app:1.4", "", exceeded),
       {Pod{}, Pod{}},
       true,
       "its progress deadline is exceeded"},
      {"a mirror's name before the image is no other image",
       web("registry/app:1.3", "", exceeded),
       {{.image = "mirror.example.com/x/app:1.3"}},
       false,
       ""},
      {"the controller has not seen it yet",
       "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, generation: "
       "3}\n"
       "spec: {selector: {}, template: {spec: {containers: [{name: app, image: \"app:1.3\"}]}}}\n"
       "status: {observedGeneration: 2, conditions: [{type: Progressing, status: \"False\", "
       "reason: "
       "ProgressDeadlineExceeded}]}\n",
       torn,
       true,
       ""},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    const RunningPods pods = running_of(test.workload, test.pods);
    CHECK(pods.rolling == test.rolling);
    CHECK(pods.stopped == test.stopped);
  }
}

// A StatefulSet with two pods, one of each image.
RunningPods set_of(const std::string& metadata,
                   const std::string& strategy,
                   const std::string& made) {
  const Value workload =
      yaml::parse("apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop" +
                  metadata + "}\nspec: {updateStrategy: " + strategy +
                  ", template: {spec: {containers: [{name: db, image: \"db:2\"}]}}}\n")
          .value;
  std::vector<Value> pods;
  for (const std::string image : {"1", "2"}) {
    pods.push_back(
        yaml::parse("{apiVersion: v1, kind: Pod, metadata: {name: db-" + image +
                    ", namespace: shop, creationTimestamp: \"" + made +
                    "\", labels: {controller-revision-hash: db-" + image +
                    "}, ownerReferences: [{kind: StatefulSet, name: db, controller: true}]}, spec: "
                    "{containers: [{name: db, image: \"db:" +
                    image + "\"}]}}")
            .value);
  }
  const Value* pointers[] = {&pods[0], &pods[1]};
  return running_pods(pointers, {{key_of(workload), &workload}}, now).begin()->second;
}

TEST_CASE("kinds that do not tell of their progress are judged by time") {
  const auto written = [](const std::string& time) {
    return ", managedFields: [{manager: argocd-controller, time: \"" + time +
           "\"}, {manager: "
           "kube-controller-manager, subresource: status, time: \"2026-03-01T11:59:59Z\"}]";
  };
  const std::string long_ago = "2026-03-01T08:00:00Z";
  const std::string just_now = "2026-03-01T11:59:00Z";
  const std::string rolling = "{type: RollingUpdate}";
  CHECK(set_of(written(long_ago), rolling, long_ago).stopped ==
        "no pod was replaced for longer than its deadline");
  CHECK(set_of(written(just_now), rolling, long_ago).stopped.empty());
  CHECK(set_of(written(long_ago), rolling, just_now).stopped.empty());
  CHECK(set_of("", rolling, long_ago).stopped.empty());
  CHECK(set_of("", "{type: OnDelete}", long_ago).stopped ==
        "its pods are replaced only when somebody deletes them");
  CHECK(set_of("", "{type: RollingUpdate, rollingUpdate: {partition: 1}}", long_ago).stopped ==
        "its partition holds the others back");
}

ComparedApplication in_cell(const std::string& cell,
                            const std::string& workload,
                            const std::vector<Pod>& pods) {
  ComparedApplication result = application(cell, {equal(workload)});
  result.running[result.objects[0].key] = running_of(workload, pods);
  return result;
}

TEST_CASE("a stopped rollout is a finding of its own, with how far it came") {
  const std::vector<Pod> torn = {
      {.hash = "new"}, {.hash = "new"}, {.hash = "old", .image = "app:1.2", .image_id = image_12}};
  const auto findings = stopped_rollouts({in_cell("a", web("app:1.3"), {Pod{}, Pod{}}),
                                          in_cell("b", web("app:1.3", "", exceeded), torn),
                                          in_cell("c", web("app:1.3", "", progressing), torn)});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "skew/rollout");
  CHECK(findings[0].cells == std::vector<std::string>{"b"});
  CHECK(findings[0].severity == Severity::error);
  CHECK(findings[0].message ==
        "the rollout of Deployment shop/web has stopped half way: in b 2 of 3 pods run app:1.3, 1 "
        "run "
        "app:1.2; its progress deadline is exceeded");
}

TEST_CASE("a tag with two digests is seen across cells and within one") {
  const auto skew = [](const std::vector<ComparedApplication>& applications) {
    return version_skew(version_facts(applications));
  };
  const std::vector<Pod> first = {Pod{}, Pod{}};
  const std::vector<Pod> second = {{.image_id = image_12}, {.image_id = image_12}};
  const std::vector<Pod> both = {{.image_id = image_13}, {.image_id = image_12}};
  CHECK(skew({in_cell("a", web("app:1.3"), first), in_cell("b", web("app:1.3"), first)}).empty());

  const auto across = skew({in_cell("a", web("app:1.3"), first),
                            in_cell("b", web("app:1.3"), second),
                            in_cell("c", web("app:1.3"), first)});
  REQUIRE(across.size() == 1);
  CHECK(across[0].rule == "skew/digest");
  CHECK(across[0].what == "digest of app:1.3 in container app");
  CHECK(across[0].cells == std::vector<std::string>{"b"});
  CHECK(across[0].severity == Severity::warning);

  const auto within =
      skew({in_cell("a", web("app:1.3"), both), in_cell("b", web("app:1.3"), both)});
  REQUIRE(within.size() == 1);
  CHECK(within[0].cells == std::vector<std::string>{"a", "b"});
}

TEST_CASE("digests that say nothing new are no findings") {
  const auto rules = [](const std::vector<ComparedApplication>& applications) {
    std::vector<std::string> result;
    for (const Finding& finding : version_skew(version_facts(applications))) {
      result.push_back(finding.rule);
    }
    return result;
  };
  const std::vector<Pod> plain = {Pod{}};
  const std::vector<std::string> image_only = {"skew/image"};
  // other tags have other digests
  CHECK(rules({in_cell("a", web("app:1.3"), plain),
               in_cell("b", web("app:1.2"), {{.image = "app:1.2", .image_id = image_12}})}) ==
        image_only);
  // an id of an image that no registry knows is no digest
  CHECK(rules({in_cell("a", web("app:1.3"), plain),
               in_cell("b", web("app:1.3"), {{.image_id = std::string(two)}})})
            .empty());
  CHECK(
      rules({in_cell("a", web("app:1.3"), plain), in_cell("b", web("app:1.3"), {{.image_id = ""}})})
          .empty());
  // pods are being replaced right now
  CHECK(rules({in_cell("a", web("app:1.3"), plain),
               in_cell("b",
                       web("app:1.3", "", progressing),
                       {{.hash = "new"}, {.hash = "old", .image_id = image_12}})})
            .empty());
}

}  // namespace
}  // namespace celldrift::audit
