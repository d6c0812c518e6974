#include "audit/health/kruise.hpp"

namespace celldrift::audit::health {
namespace {

bool has_seen_it(const Value& object) {
  const Value* observed = object.find({"status", "observedGeneration"});
  const Value* generation = object.find({"metadata", "generation"});
  return observed != nullptr && generation != nullptr && *observed == *generation;
}

bool is_paused(const Value& object) {
  return flag_at(object, {"spec", "updateStrategy", "rollingUpdate", "paused"});
}

std::int64_t partition_of(const Value& object) {
  return number_at(object, {"spec", "updateStrategy", "rollingUpdate", "partition"});
}

// What is missing is as much as nothing else.
std::int64_t in_status(const Value& object, std::string_view key, std::int64_t otherwise = -1) {
  return number_at(object, {"status", key}, otherwise);
}

// The first generation is rolled out without a look at the partition.
bool is_held_back(const Value& object, std::int64_t partition) {
  return partition != 0 && number_at(object, {"metadata", "generation"}) > 1;
}

Health held_back(std::int64_t updated, std::int64_t due) {
  return updated > due ? suspended("it waits for somebody to lower its partition")
                       : progressing(of(updated, due, "replicas are updated"));
}

}  // namespace

Health kruise_daemon_set_health(const Value& object) {
  if (!has_seen_it(object)) {
    return not_observed();
  }
  if (is_paused(object) || object.find({"status", "updatedNumberScheduled"}) == nullptr) {
    return suspended("it is paused");
  }
  const std::int64_t updated = in_status(object, "updatedNumberScheduled");
  const std::int64_t wanted = in_status(object, "desiredNumberScheduled");
  const std::int64_t held = partition_of(object);
  if (is_held_back(object, held)) {
    return held_back(updated, wanted - held);
  }
  if (updated != wanted) {
    return progressing(of(updated, wanted, "pods are updated"));
  }
  const std::int64_t available = in_status(object, "numberAvailable");
  return available == wanted ? Health()
         : in_status(object, "numberUnavailable") == wanted
             ? degraded("none of its pods is available")
             : progressing(of(available, wanted, "pods are available"));
}

Health kruise_stateful_set_health(const Value& object) {
  if (!has_seen_it(object)) {
    return not_observed();
  }
  if (is_paused(object) || object.find({"status", "updatedAvailableReplicas"}) == nullptr) {
    return suspended("it is paused");
  }
  const std::int64_t all = in_status(object, "replicas");
  const std::int64_t held = partition_of(object);
  if (is_held_back(object, held)) {
    return held_back(in_status(object, "updatedReplicas"), all - held);
  }
  const std::int64_t available = in_status(object, "updatedAvailableReplicas");
  return available == all ? Health() : degraded(of(available, all, "replicas are available"));
}

Health game_server_set_health(const Value& object) {
  if (!has_seen_it(object)) {
    return not_observed();
  }
  if (is_paused(object)) {
    return suspended("it is paused");
  }
  const std::int64_t held = partition_of(object);
  const std::int64_t all = in_status(object, "replicas", 0);
  if (held != 0 && in_status(object, "updatedReplicas", 0) >= all - held) {
    return suspended("it waits for somebody to lower its partition");
  }
  const std::int64_t ready = in_status(object, "updatedReadyReplicas", 0);
  return ready == all ? Health() : progressing(of(ready, all, "updated replicas are ready"));
}

}  // namespace celldrift::audit::health
