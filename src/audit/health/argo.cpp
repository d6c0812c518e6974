#include "audit/health/argo.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace celldrift::audit::health {
namespace {

// Rollouts write generations as texts; before 1.0 it was a hash.
std::optional<std::int64_t> generation_at(const Value& object, Keys path) {
  const Value* value = object.find(path);
  if (value != nullptr && value->is_int()) {
    return value->as_int();
  }
  const std::string_view text = object.string_at(path);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number ? std::optional(number) : std::nullopt;
}

bool has_seen_it(const Value& object) {
  const auto observed = generation_at(object, {"status", "observedGeneration"});
  return object.find("status") != nullptr &&
         (!observed || *observed >= number_at(object, {"metadata", "generation"}));
}

// Where the pod template is a Deployment's, its generation counts too.
bool has_seen_workload(const Value& object) {
  return object.find({"spec", "workloadRef"}) == nullptr ||
         object.find({"metadata", "annotations"}) == nullptr ||
         generation_at(object,
                       {"metadata", "annotations", "rollout.argoproj.io/workload-generation"}) ==
             generation_at(object, {"status", "workloadObservedGeneration"});
}

Health by_phase(std::string_view phase, const Value& object) {
  const std::string_view message = object.string_at({"status", "message"});
  std::string says = printable(message.empty() ? phase : message);
  return phase == "Healthy"       ? Health()
         : phase == "Degraded"    ? degraded(std::move(says))
         : phase == "Progressing" ? progressing(std::move(says))
         : phase == "Paused"      ? suspended("it is paused")
                                  : unknown("it is " + printable(phase));
}

bool has_failed(const Value& condition) {
  const std::string_view type = condition.string_at({"type"});
  const std::string_view reason = condition.string_at({"reason"});
  return type == "InvalidSpec" || (type == "Progressing" && (reason == "RolloutAborted" ||
                                                             reason == "ProgressDeadlineExceeded"));
}

bool is_paused(const Value& object) {
  return !list_at(object, {"status", "pauseConditions"}).empty() ||
         is_set(object.find({"spec", "paused"}));
}

std::string_view stable_of(const Value& object) {
  return object.string_at({"status", "stableRS"},
                          object.string_at({"status", "canary", "stableRS"}));
}

Health of_blue_green(const Value& object, std::string_view hash) {
  if (object.string_at({"status", "blueGreen", "activeSelector"}) != hash) {
    return progressing("its active service is not switched over yet");
  }
  const std::string_view stable = stable_of(object);
  return stable.empty() || stable == hash ? Health() : progressing("its analysis has not ended");
}

Health of_canary(const Value& object, std::string_view hash, std::int64_t old) {
  if (old > 0) {
    return progressing(std::to_string(old) + " old replicas are left");
  }
  return stable_of(object) == hash ? Health() : progressing("its steps have not ended");
}

// Versions before 1.1 write no phase.
Health by_replicas(const Value& object) {
  const std::string_view hash = object.string_at({"status", "currentPodHash"});
  if (hash.empty()) {
    return not_observed();
  }
  const std::int64_t wanted = number_at(object, {"spec", "replicas"}, 1);
  const std::int64_t updated = number_at(object, {"status", "updatedReplicas"});
  const std::int64_t available = number_at(object, {"status", "availableReplicas"});
  if (updated < wanted) {
    return progressing(of(updated, wanted, "replicas are updated"));
  }
  if (available < updated) {
    return progressing(of(available, updated, "updated replicas are available"));
  }
  if (object.find({"spec", "strategy", "blueGreen"}) != nullptr) {
    return of_blue_green(object, hash);
  }
  return object.find({"spec", "strategy", "canary"}) == nullptr
             ? unknown("it has no strategy")
             : of_canary(object, hash, number_at(object, {"status", "replicas"}) - updated);
}

}  // namespace

Health rollout_health(const Value& object) {
  if (!has_seen_it(object) || !has_seen_workload(object)) {
    return not_observed();
  }
  if (const std::string_view phase = object.string_at({"status", "phase"}); !phase.empty()) {
    return by_phase(phase, object);
  }
  const auto conditions = list_at(object, {"status", "conditions"});
  const auto failed = std::ranges::find_if(conditions, has_failed);
  return failed != conditions.end() ? degraded(words_of(*failed))
         : is_paused(object)        ? suspended("it is paused")
                                    : by_replicas(object);
}

}  // namespace celldrift::audit::health
