// Health as Argo CD 3.5.7 has it (gitops-engine, pkg/health).
#include "celldrift/core/text.hpp"
#include "unit/audit/gate_inputs.hpp"
#include "unit/audit/health_agreement.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

using State = Health::State;

constexpr auto healthy = State::healthy;
constexpr auto progressing = State::progressing;
constexpr auto degraded = State::degraded;
constexpr auto suspended = State::suspended;

struct Case {
  const char* what;
  const char* head;  // apiVersion and kind
  const char* rest;
  State state;
};

constexpr auto a_deployment = "apiVersion: apps/v1\nkind: Deployment\n";
constexpr auto a_stateful_set = "apiVersion: apps/v1\nkind: StatefulSet\n";
constexpr auto a_daemon_set = "apiVersion: apps/v1\nkind: DaemonSet\n";
constexpr auto a_job = "apiVersion: batch/v1\nkind: Job\n";
constexpr auto a_pod = "apiVersion: v1\nkind: Pod\n";
constexpr auto a_custom = "apiVersion: example.com/v1\nkind: Widget\n";

const Case cases[] = {
    {"all replicas are there",
     a_deployment,
     "metadata: {generation: 2}\nspec: {replicas: 2}\nstatus: {observedGeneration: 2, replicas: 2, "
     "updatedReplicas: 2, availableReplicas: 2}",
     healthy},
    {"scaled to none",
     a_deployment,
     "metadata: {generation: 2}\nspec: {replicas: 0}\nstatus: {observedGeneration: 2}",
     healthy},
    {"not seen yet",
     a_deployment,
     "metadata: {generation: 3}\nspec: {replicas: 2}\nstatus: {observedGeneration: 2, replicas: 2, "
     "updatedReplicas: 2, availableReplicas: 2}",
     progressing},
    {"no status", a_deployment, "metadata: {generation: 1}\nspec: {replicas: 2}", progressing},
    {"paused", a_deployment, "spec: {paused: true}", suspended},
    {"old pods are left",
     a_deployment,
     "metadata: {generation: 2}\nspec: {replicas: 2}\nstatus: {observedGeneration: 2, replicas: 3, "
     "updatedReplicas: 2, availableReplicas: 2}",
     progressing},
    {"not available",
     a_deployment,
     "metadata: {generation: 2}\nspec: {replicas: 2}\nstatus: {observedGeneration: 2, replicas: 2, "
     "updatedReplicas: 2, availableReplicas: 1}",
     progressing},
    {"took too long",
     a_deployment,
     "metadata: {generation: 2}\nspec: {replicas: 2}\nstatus: {observedGeneration: 2, conditions: "
     "[{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded}]}",
     degraded},
    {"all of a set are there",
     a_stateful_set,
     "metadata: {generation: 1}\nspec: {replicas: 2}\nstatus: {observedGeneration: 1, "
     "readyReplicas: 2, "
     "updatedReplicas: 2, currentRevision: a, updateRevision: a}",
     healthy},
    {"two revisions",
     a_stateful_set,
     "metadata: {generation: 1}\nspec: {replicas: 2}\nstatus: {observedGeneration: 1, "
     "readyReplicas: 2, "
     "updatedReplicas: 1, currentRevision: a, updateRevision: b}",
     progressing},
    {"a partition",
     a_stateful_set,
     "metadata: {generation: 1}\nspec: {replicas: 2, updateStrategy: {type: RollingUpdate, "
     "rollingUpdate: "
     "{partition: 1}}}\nstatus: {observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, "
     "currentRevision: a, updateRevision: b}",
     healthy},
    {"never seen", a_stateful_set, "metadata: {generation: 1}\nspec: {replicas: 0}", progressing},
    {"all daemons",
     a_daemon_set,
     "metadata: {generation: 1}\nstatus: {observedGeneration: 1, desiredNumberScheduled: 2, "
     "updatedNumberScheduled: 2, numberAvailable: 2}",
     healthy},
    {"some daemons",
     a_daemon_set,
     "metadata: {generation: 1}\nstatus: {observedGeneration: 1, desiredNumberScheduled: 2, "
     "updatedNumberScheduled: 2, numberAvailable: 1}",
     progressing},
    {"a job that is done",
     a_job,
     "status: {conditions: [{type: Complete, status: 'True'}]}",
     healthy},
    {"a job that runs", a_job, "status: {active: 1}", progressing},
    {"a job that failed",
     a_job,
     "status: {conditions: [{type: Failed, status: 'True'}]}",
     degraded},
    {"a job that waits",
     a_job,
     "status: {conditions: [{type: Suspended, status: 'True'}]}",
     suspended},
    {"a pod that is ready",
     a_pod,
     "spec: {restartPolicy: Always}\nstatus: {phase: Running, conditions: [{type: Ready, status: "
     "'True'}]}",
     healthy},
    {"a pod that is not",
     a_pod,
     "spec: {restartPolicy: Always}\nstatus: {phase: Running, conditions: [{type: Ready, status: "
     "'False'}]}",
     progressing},
    {"a pod that crashes",
     a_pod,
     "spec: {restartPolicy: Always}\nstatus: {phase: Running, containerStatuses: [{state: "
     "{waiting: {reason: "
     "CrashLoopBackOff}}}]}",
     degraded},
    {"an object on its way out",
     a_custom,
     "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}",
     progressing},
    {"a kind that says nothing", a_custom, "spec: {}", healthy},
    {"a kind that is ready",
     a_custom,
     "status: {conditions: [{type: Ready, status: 'True'}]}",
     healthy},
    {"a kind that is not",
     a_custom,
     "status: {conditions: [{type: Ready, status: 'False'}]}",
     progressing},
    {"a kind that is stuck",
     a_custom,
     "status: {conditions: [{type: Stalled, status: 'True'}]}",
     degraded},
    {"a kind that lags",
     a_custom,
     "metadata: {generation: 2}\nstatus: {observedGeneration: 1}",
     progressing},
    {"a service", "apiVersion: v1\nkind: Service\n", "spec: {type: ClusterIP}", healthy},
    {"a service without address",
     "apiVersion: v1\nkind: Service\n",
     "spec: {type: LoadBalancer}",
     progressing},
    {"a claim that is bound",
     "apiVersion: v1\nkind: PersistentVolumeClaim\n",
     "status: {phase: Bound}",
     healthy},
};

TEST_CASE("objects are as healthy as Argo CD says") {
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const Health health = health_of(parsed(std::string(each.head) + each.rest));
    CHECK(health.state == each.state);
    CHECK(health.says.empty() == (each.state == healthy));
  }
}

TEST_CASE("objects are as healthy as Argo CD's own code says that they are") {
  std::size_t rows = 0;
  const std::string table = read_file(std::string(CELLDRIFT_TESTDATA) + "/health/cases.jsonl");
  for (const std::string_view line : split(table, '\n')) {
    if (line.empty() || line.starts_with("#")) {
      continue;
    }
    ++rows;
    const Value answer = yaml::parse_json(line).value;
    const Value& object = *answer.find("object");
    const std::string_view theirs = answer.string_at({"health"});
    const Health ours = health_of(object);
    CAPTURE(line);
    CAPTURE(name_of(ours.state));
    CHECK(agrees(object, theirs));
    CHECK(ours.says.empty() == (ours.state == healthy));
  }
  CHECK(rows > 2000);
}

TEST_CASE(
    "health scripts of argocd-cm count as far as what they say is known without running them") {
  const auto scripts = health_scripts(parsed(R"(
data:
  resource.customizations.health.networking.k8s.io_Ingress: |
    hs = {}  -- there is no load balancer: obj has no address
    hs.status = "Healthy"
    return hs
  resource.customizations.health.argoproj.io_Application: |
    hs = {}
    hs.status = "Progressing"
    if obj.status ~= nil and obj.status.health ~= nil then
      hs.status = obj.status.health.status
    end
    return hs
  resource.customizations.health.example.com_*: |
    hs = { status = "Healthy" }
    if obj.status.ok then hs.status = "Degraded" end
    return hs
  resource.customizations.health.Service: |
    return { status = 'Suspended' }
  resource.customizations: |
    batch/Job: {health.lua: "return {status = 'Healthy'}"}
    Service: {health.lua: "return {status = 'Healthy'}"}
    apps/Deployment: {ignoreDifferences: "jsonPointers: [/spec/replicas]"}
)"));
  struct OwnCase {
    const char* what;
    const char* object;
    std::optional<State> state;
  };
  const OwnCase own_cases[] = {
      {"always so", "apiVersion: networking.k8s.io/v1\nkind: Ingress", healthy},
      {"by its status",
       "apiVersion: argoproj.io/v1alpha1\nkind: Application\nstatus: {health: {status: Degraded}}",
       degraded},
      {"no status yet", "apiVersion: argoproj.io/v1alpha1\nkind: Application", progressing},
      {"what does not count of an Application",
       "apiVersion: argoproj.io/v1alpha1\nkind: Application\nstatus: {health: {status: Missing}}",
       healthy},
      {"a script that would have to be run", a_custom, std::nullopt},
      {"a key of its own", "apiVersion: v1\nkind: Service", suspended},
      {"all in one", a_job, healthy},
      {"none of health", "apiVersion: apps/v1\nkind: Deployment\nspec: {paused: true}", suspended},
      {"on its way out",
       "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {deletionTimestamp: x}",
       progressing},
  };
  for (const OwnCase& each : own_cases) {
    CAPTURE(each.what);
    const auto health = health_of(parsed(each.object), scripts);
    CHECK((health ? std::optional(health->state) : std::nullopt) == each.state);
  }
  CHECK(health_scripts(parsed("data: {resource.customizations: '{'}")).empty());
}

std::string since(const std::string& text) {
  compare::ObjectResult result;
  result.live = parsed("apiVersion: v1\nkind: ConfigMap\n" + text);
  const auto time = unchanged_since(result);
  return time ? format_time(*time) : "";
}

TEST_CASE("an object is unchanged since its last write, or the last change of its conditions") {
  CHECK(since("metadata: {name: a}").empty());
  CHECK(since("metadata: {creationTimestamp: '2026-01-01T00:00:00Z'}") == "2026-01-01T00:00:00Z");
  CHECK(since("metadata: {creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{time: "
              "'2026-02-01T00:00:00Z'}]}") == "2026-02-01T00:00:00Z");
  CHECK(since("metadata: {managedFields: [{time: '2026-02-01T00:00:00Z', subresource: status}]}") ==
        "2026-02-01T00:00:00Z");
  // A status that has conditions says by them when it changed.
  CHECK(since("metadata: {managedFields: [{time: '2026-03-01T00:00:00Z', subresource: status}]}\n"
              "status: {conditions: [{type: A, lastTransitionTime: '2026-02-01T00:00:00Z'}]}") ==
        "2026-02-01T00:00:00Z");
}

}  // namespace
}  // namespace celldrift::audit
