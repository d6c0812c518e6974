#include "audit/health/workloads.hpp"

namespace celldrift::audit::health {
namespace {

// What nobody states is not waited for.
std::int64_t wanted_replicas(const Value& object) {
  return number_at(object, {"spec", "replicas"});
}

Health rolled_out(const Value& object) {
  const std::int64_t wanted = wanted_replicas(object);
  const std::int64_t partition =
      number_at(object, {"spec", "updateStrategy", "rollingUpdate", "partition"}, wanted);
  const std::int64_t updated = number_at(object, {"status", "updatedReplicas"});
  return updated < wanted - partition
             ? progressing(of(updated, wanted - partition, "replicas are updated"))
             : Health();
}

}  // namespace

Health deployment_health(const Value& object) {
  if (flag_at(object, {"spec", "paused"})) {
    return suspended("it is paused");
  }
  if (!is_observed(object)) {
    return not_observed();
  }
  const Value* progress = condition(object, "Progressing");
  if (progress != nullptr && progress->string_at({"reason"}) == "ProgressDeadlineExceeded") {
    return degraded("it exceeded its progress deadline");
  }
  const std::int64_t wanted = wanted_replicas(object);
  const std::int64_t updated = number_at(object, {"status", "updatedReplicas"});
  const std::int64_t all = number_at(object, {"status", "replicas"});
  const std::int64_t available = number_at(object, {"status", "availableReplicas"});
  if (updated < wanted) {
    return progressing(of(updated, wanted, "replicas are updated"));
  }
  if (all > updated) {
    return progressing(std::to_string(all - updated) + " old replicas are left");
  }
  return available < updated ? progressing(of(available, updated, "updated replicas are available"))
                             : Health();
}

Health stateful_set_health(const Value& object) {
  if (number_at(object, {"status", "observedGeneration"}) == 0 || !is_observed(object)) {
    return not_observed();
  }
  const std::int64_t wanted = wanted_replicas(object);
  const std::int64_t ready = number_at(object, {"status", "readyReplicas"});
  if (ready < wanted) {
    return progressing(of(ready, wanted, "replicas are ready"));
  }
  const std::string_view type = object.string_at({"spec", "updateStrategy", "type"});
  if (type == "RollingUpdate" &&
      object.find({"spec", "updateStrategy", "rollingUpdate"}) != nullptr) {
    return rolled_out(object);
  }
  const bool is_same = object.string_at({"status", "updateRevision"}) ==
                       object.string_at({"status", "currentRevision"});
  return type == "OnDelete" || is_same ? Health() : progressing("replicas are of two revisions");
}

Health daemon_set_health(const Value& object) {
  if (!is_observed(object)) {
    return not_observed();
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

Health replica_set_health(const Value& object) {
  if (!is_observed(object)) {
    return not_observed();
  }
  if (has_condition(object, "ReplicaFailure", "True")) {
    return degraded(words_of(*condition(object, "ReplicaFailure")));
  }
  const std::int64_t wanted = wanted_replicas(object);
  const std::int64_t available = number_at(object, {"status", "availableReplicas"});
  return available < wanted ? progressing(of(available, wanted, "replicas are available"))
                            : Health();
}

}  // namespace celldrift::audit::health
