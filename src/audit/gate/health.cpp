// Health of live objects, kind by kind, as Argo CD 3.5.7 tells it (gitops-engine, pkg/health).
#include "celldrift/audit/gate.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using State = Health::State;

std::int64_t number_at(const Value& object,
                       std::initializer_list<std::string_view> path,
                       std::int64_t otherwise = 0) {
  const Value* value = object.find(path);
  return value != nullptr && value->is_int() ? value->as_int() : otherwise;
}

bool flag_at(const Value& object, std::initializer_list<std::string_view> path) {
  const Value* value = object.find(path);
  return value != nullptr && value->is_bool() && value->as_bool();
}

std::span<const Value> list_at(const Value& object, std::initializer_list<std::string_view> path) {
  const Value* value = object.find(path);
  return value == nullptr ? std::span<const Value>() : value->items();
}

const Value* condition(const Value& object, std::string_view type) {
  for (const Value& each : list_at(object, {"status", "conditions"})) {
    if (each.string_at({"type"}) == type) {
      return &each;
    }
  }
  return nullptr;
}

bool has_condition(const Value& object, std::string_view type, std::string_view status) {
  const Value* found = condition(object, type);
  return found != nullptr && found->string_at({"status"}) == status;
}

// "Ready is False: message".
std::string words_of(const Value& object, std::string_view type) {
  const Value* found = condition(object, type);
  const std::string_view message = found->string_at({"message"});
  const std::string_view reason = found->string_at({"reason"});
  const std::string_view more = message.empty() ? reason : message;
  return std::string(type) + " is " + std::string(found->string_at({"status"})) +
         (more.empty() ? "" : ": " + printable(more));
}

Health progressing(std::string says) {
  return {State::progressing, std::move(says)};
}

std::string of(std::int64_t some, std::int64_t all, const std::string& what) {
  return std::to_string(some) + " of " + std::to_string(all) + " " + what;
}

bool is_observed(const Value& object) {
  return number_at(object, {"metadata", "generation"}) <=
         number_at(object, {"status", "observedGeneration"});
}

const char* const not_observed = "its controller has not seen the latest change";

Health deployment(const Value& object) {
  if (flag_at(object, {"spec", "paused"})) {
    return {State::suspended, "it is paused"};
  }
  if (!is_observed(object)) {
    return progressing(not_observed);
  }
  const Value* progress = condition(object, "Progressing");
  if (progress != nullptr && progress->string_at({"reason"}) == "ProgressDeadlineExceeded") {
    return {State::degraded, "it exceeded its progress deadline"};
  }
  const std::int64_t updated = number_at(object, {"status", "updatedReplicas"});
  const std::int64_t wanted = number_at(object, {"spec", "replicas"});
  const std::int64_t all = number_at(object, {"status", "replicas"});
  const std::int64_t available = number_at(object, {"status", "availableReplicas"});
  if (updated < wanted) {
    return progressing(of(updated, wanted, "replicas are updated"));
  }
  if (all > updated) {
    return progressing(std::to_string(all - updated) + " old replicas are left");
  }
  if (available < updated) {
    return progressing(of(available, updated, "updated replicas are available"));
  }
  return {};
}

Health stateful_set(const Value& object) {
  const std::int64_t observed = number_at(object, {"status", "observedGeneration"});
  if (observed == 0 || number_at(object, {"metadata", "generation"}) > observed) {
    return progressing(not_observed);
  }
  const std::int64_t wanted = number_at(object, {"spec", "replicas"});
  const std::int64_t ready = number_at(object, {"status", "readyReplicas"});
  const std::int64_t updated = number_at(object, {"status", "updatedReplicas"});
  if (ready < wanted) {
    return progressing(of(ready, wanted, "replicas are ready"));
  }
  const std::string_view type = object.string_at({"spec", "updateStrategy", "type"});
  if (type == "RollingUpdate" && object.find({"spec", "updateStrategy", "rollingUpdate"})) {
    const std::int64_t partition =
        number_at(object, {"spec", "updateStrategy", "rollingUpdate", "partition"});
    const std::int64_t due = wanted - partition;
    return updated < due ? progressing(of(updated, due, "replicas are updated")) : Health();
  }
  const bool is_same = object.string_at({"status", "updateRevision"}) ==
                       object.string_at({"status", "currentRevision"});
  return type == "OnDelete" || is_same ? Health() : progressing("replicas are of two revisions");
}

Health daemon_set(const Value& object) {
  if (!is_observed(object)) {
    return progressing(not_observed);
  }
  if (object.string_at({"spec", "updateStrategy", "type"}) == "OnDelete") {
    return {};
  }
  const std::int64_t wanted = number_at(object, {"status", "desiredNumberScheduled"});
  const std::int64_t updated = number_at(object, {"status", "updatedNumberScheduled"});
  const std::int64_t available = number_at(object, {"status", "numberAvailable"});
  if (updated < wanted) {
    return progressing(of(updated, wanted, "pods are updated"));
  }
  return available < wanted ? progressing(of(available, wanted, "pods are available")) : Health();
}

Health replica_set(const Value& object) {
  if (!is_observed(object)) {
    return progressing(not_observed);
  }
  if (has_condition(object, "ReplicaFailure", "True")) {
    return {State::degraded, words_of(object, "ReplicaFailure")};
  }
  const std::int64_t wanted = number_at(object, {"spec", "replicas"});
  const std::int64_t available = number_at(object, {"status", "availableReplicas"});
  return available < wanted ? progressing(of(available, wanted, "replicas are available"))
                            : Health();
}

Health job(const Value& object) {
  if (condition(object, "Failed") != nullptr) {
    return {State::degraded, words_of(object, "Failed")};
  }
  if (has_condition(object, "Suspended", "True")) {
    return {State::suspended, "it is suspended"};
  }
  const bool has_ended =
      condition(object, "Complete") != nullptr || condition(object, "Suspended") != nullptr;
  return has_ended ? Health() : progressing("it has not completed");
}

bool is_failing(std::string_view reason) {
  return reason.starts_with("Err") || reason.ends_with("Error") || reason.ends_with("BackOff");
}

Health pod(const Value& object) {
  const bool is_restarted = object.string_at({"spec", "restartPolicy"}, "Always") == "Always";
  const auto containers = list_at(object, {"status", "containerStatuses"});
  for (const Value& each : containers) {
    const std::string_view reason = each.string_at({"state", "waiting", "reason"});
    if (is_restarted && is_failing(reason)) {
      return {State::degraded, printable(reason)};
    }
  }
  const std::string_view phase = object.string_at({"status", "phase"});
  if (phase == "Succeeded") {
    return {};
  }
  if (phase == "Failed") {
    return {State::degraded, "it failed"};
  }
  if (phase == "Running" && is_restarted) {
    const bool has_ended = std::ranges::any_of(containers, [](const Value& each) {
      return each.find({"lastState", "terminated"}) != nullptr;
    });
    return has_condition(object, "Ready", "True") ? Health()
           : has_ended ? Health{State::degraded, "it is not ready, and containers have ended"}
                       : progressing("it is not ready");
  }
  return progressing(phase.empty() ? "it has no phase" : "it is " + printable(phase));
}

Health claim(const Value& object) {
  const std::string_view phase = object.string_at({"status", "phase"});
  return phase == "Bound"  ? Health()
         : phase == "Lost" ? Health{State::degraded, "its volume is lost"}
                           : progressing("it is not bound");
}

Health service(const Value& object) {
  const bool needs_address = object.string_at({"spec", "type"}) == "LoadBalancer";
  return !needs_address || !list_at(object, {"status", "loadBalancer", "ingress"}).empty()
             ? Health()
             : progressing("it has no address");
}

Health ingress(const Value& object) {
  return list_at(object, {"status", "loadBalancer", "ingress"}).empty()
             ? progressing("it has no address")
             : Health();
}

Health api_service(const Value& object) {
  return has_condition(object, "Available", "True") ? Health() : progressing("it is not available");
}

// The first condition that says anything decides.
Health autoscaler(const Value& object) {
  for (const Value& each : list_at(object, {"status", "conditions"})) {
    const std::string_view type = each.string_at({"type"});
    const std::string_view reason = each.string_at({"reason"});
    const bool fails =
        (type == "AbleToScale" && (reason == "FailedGetScale" || reason == "FailedUpdateScale")) ||
        (type == "ScalingActive" &&
         (reason.starts_with("FailedGet") || reason == "InvalidSelector" ||
          reason == "FailedComputeMetricsReplicas"));
    if (fails) {
      return {State::degraded, words_of(object, type)};
    }
    if ((type == "AbleToScale" || type == "ScalingLimited") &&
        each.string_at({"status"}) == "True") {
      return {};
    }
  }
  return progressing("it has not scaled yet");
}

// What has conditions of the common names (kstatus) says by them.
Health by_conditions(const Value& object) {
  const Value* observed = object.find({"status", "observedGeneration"});
  if (observed != nullptr && observed->is_int() && !is_observed(object)) {
    return progressing(not_observed);
  }
  if (has_condition(object, "Stalled", "True")) {
    return {State::degraded, words_of(object, "Stalled")};
  }
  if (has_condition(object, "Reconciling", "True")) {
    return progressing(words_of(object, "Reconciling"));
  }
  const Value* ready = condition(object, "Ready");
  return ready == nullptr || ready->string_at({"status"}) == "True"
             ? Health()
             : progressing(words_of(object, "Ready"));
}

Health nothing_to_say(const Value&) {
  return {};
}

struct Check {
  std::string_view group;
  std::string_view kind;
  Health (*health)(const Value&);
};
constexpr Check checks[] = {{"apps", "Deployment", deployment},
                            {"apps", "StatefulSet", stateful_set},
                            {"apps", "DaemonSet", daemon_set},
                            {"apps", "ReplicaSet", replica_set},
                            {"batch", "Job", job},
                            {"", "Pod", pod},
                            {"", "PersistentVolumeClaim", claim},
                            {"", "Service", service},
                            {"networking.k8s.io", "Ingress", ingress},
                            {"apiregistration.k8s.io", "APIService", api_service},
                            {"autoscaling", "HorizontalPodAutoscaler", autoscaler},
                            // Argo CD looks at neither.
                            {"policy", "PodDisruptionBudget", nothing_to_say},
                            {"networking.k8s.io", "NetworkPolicy", nothing_to_say}};

std::optional<Time> later(std::optional<Time> a, std::optional<Time> b) {
  return !a ? b : !b ? a : std::max(a, b);
}

std::optional<Time> time_at(const Value& object, std::initializer_list<std::string_view> path) {
  return parse_time(object.string_at(path));
}

// When a condition last changed. A Deployment's Progressing stays True from one rollout to the
// next: then only lastUpdateTime tells.
std::optional<Time> of_conditions(const Value& live) {
  std::optional<Time> latest;
  for (const Value& each : list_at(live, {"status", "conditions"})) {
    latest = later(latest, time_at(each, {"lastTransitionTime"}));
    latest = later(latest, time_at(each, {"lastUpdateTime"}));
  }
  return latest;
}

// When somebody last wrote to it. What has no conditions says by that when its status changed.
std::optional<Time> of_writers(const Value& live) {
  const bool has_conditions = !list_at(live, {"status", "conditions"}).empty();
  std::optional<Time> latest;
  for (const Value& each : list_at(live, {"metadata", "managedFields"})) {
    const bool is_status = each.string_at({"subresource"}) == "status";
    if (!is_status || !has_conditions) {
      latest = later(latest, time_at(each, {"time"}));
    }
  }
  return latest;
}

}  // namespace

Health health_of(const Value& live) {
  if (live.find({"metadata", "deletionTimestamp"}) != nullptr) {
    return progressing("it is being deleted");
  }
  const std::string_view group = group_of(live.string_at({"apiVersion"}));
  const std::string_view kind = live.string_at({"kind"});
  const auto* check = std::ranges::find_if(
      checks, [&](const Check& each) { return each.group == group && each.kind == kind; });
  return check == std::end(checks) ? by_conditions(live) : check->health(live);
}

std::optional<Time> unchanged_since(const compare::ObjectResult& result) {
  const Value& live = result.live;
  return later(time_at(live, {"metadata", "creationTimestamp"}),
               later(of_conditions(live), of_writers(live)));
}

}  // namespace celldrift::audit
