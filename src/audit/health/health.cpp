// Health of live objects as Argo CD 3.5.7 tells it: gitops-engine's pkg/health, and the scripts
// that Argo CD has built in. Held to them by tests/oracles/health. docs/gate.md has where not.
#include "audit/health/argo.hpp"
#include "audit/health/counted.hpp"
#include "audit/health/gateway_api.hpp"
#include "audit/health/network.hpp"
#include "audit/health/pods.hpp"
#include "audit/health/table.hpp"
#include "audit/health/workloads.hpp"
#include "celldrift/core/object.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace health {
namespace {

constexpr std::string_view gateways = "gateway.networking.k8s.io";

constexpr HealthCheck checks[] = {{"apps", "Deployment", deployment_health},
                                  {"apps", "StatefulSet", stateful_set_health},
                                  {"apps", "DaemonSet", daemon_set_health},
                                  {"apps", "ReplicaSet", replica_set_health},
                                  {"batch", "Job", job_health},
                                  {"batch", "CronJob", cron_job_health},
                                  {"", "Pod", pod_health},
                                  {"", "PersistentVolumeClaim", claim_health},
                                  {"", "Service", service_health},
                                  {"networking.k8s.io", "Ingress", ingress_health},
                                  {"extensions", "Ingress", ingress_health},
                                  {"apiregistration.k8s.io", "APIService", api_service_health},
                                  {"autoscaling", "HorizontalPodAutoscaler", autoscaler_health},
                                  {"argoproj.io", "Rollout", rollout_health},
                                  {gateways, "Gateway", gateway_health},
                                  {gateways, "GatewayClass", gateway_class_health},
                                  {gateways, "HTTPRoute", route_health},
                                  {gateways, "GRPCRoute", route_health},
                                  {gateways, "BackendTLSPolicy", backend_policy_health}};

// What has conditions of the common names (kstatus) says by them.
Health by_conditions(const Value& object) {
  if (const Value* stalled = condition(object, "Stalled");
      has_condition(object, "Stalled", "True")) {
    return degraded(words_of(*stalled));
  }
  if (const Value* reconciling = condition(object, "Reconciling");
      has_condition(object, "Reconciling", "True")) {
    return progressing(words_of(*reconciling));
  }
  const Value* ready = condition(object, "Ready");
  return ready == nullptr || ready->string_at({"status"}) == "True" ? Health()
                                                                    : progressing(words_of(*ready));
}

const HealthCheck* check_for(const Value& object, std::span<const HealthCheck> among) {
  const std::string_view group = group_of(object.string_at({"apiVersion"}));
  const std::string_view kind = object.string_at({"kind"});
  const auto found = std::ranges::find_if(
      among, [&](const HealthCheck& each) { return each.group == group && each.kind == kind; });
  return found == among.end() ? nullptr : &*found;
}

// A hook's finalizer keeps what ran until Argo CD has seen how it ended.
bool is_going(const Value& object) {
  const auto finalizers = list_at(object, {"metadata", "finalizers"});
  return object.find({"metadata", "deletionTimestamp"}) != nullptr &&
         std::ranges::find(finalizers, Value::string("argocd.argoproj.io/hook-finalizer")) ==
             finalizers.end();
}

// Many of Argo CD's scripts take what was said of an earlier generation for what is.
bool is_behind(const Value& object) {
  const Value* observed = object.find({"status", "observedGeneration"});
  return observed != nullptr && observed->is_int() && !is_observed(object);
}

Health judged(const Value& live) {
  if (is_going(live)) {
    return progressing("it is being deleted");
  }
  if (const HealthCheck* check = check_for(live, checks)) {
    return check->health(live);
  }
  if (is_behind(live)) {
    return not_observed();
  }
  if (const HealthCheck* check = check_for(live, counted_checks())) {
    return check->health(live);
  }
  const auto health = health_by_table(live);
  return health ? *health : by_conditions(live);
}

}  // namespace
}  // namespace health

Health health_of(const Value& live) {
  return health::judged(live);
}

bool counts_for_health(const Value& live) {
  return live.string_at({"metadata", "annotations", "argocd.argoproj.io/ignore-healthcheck"}) !=
         "true";
}

}  // namespace celldrift::audit
