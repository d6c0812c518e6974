#include "audit/health/counted.hpp"

#include "audit/health/kruise.hpp"
#include "audit/health/spark.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace celldrift::audit::health {
namespace {

Health no_status() {
  return progressing("its controller says nothing of it yet");
}

Health elasticsearch(const Value& object) {
  const Value* nodes = object.find({"status", "availableNodes"});
  if (nodes == nullptr || !nodes->is_int()) {
    return unknown("it does not say how many nodes are available");
  }
  std::int64_t wanted = 0;
  for (const Value& each : list_at(object, {"spec", "nodeSets"})) {
    wanted += number_at(each, {"count"});
  }
  if (nodes->as_int() < wanted) {
    return progressing(of(nodes->as_int(), wanted, "nodes are available"));
  }
  const std::string_view phase = object.string_at({"status", "phase"});
  const std::string_view health = object.string_at({"status", "health"});
  if (nodes->as_int() > wanted || health.empty()) {
    return unknown("it does not say how healthy it is");
  }
  if (phase == "Ready" && health == "green") {
    return {};
  }
  std::string says = "it is " + printable(phase) + ", and " + printable(health);
  return phase == "Invalid" || (phase == "Ready" && health == "red") ? degraded(std::move(says))
         : phase == "ApplyingChanges" || phase == "MigratingData" ||
                 (phase == "Ready" && health == "yellow")
             ? progressing(std::move(says))
             : unknown(std::move(says));
}

// "2/3".
std::optional<std::pair<std::int64_t, std::int64_t>> ratio(std::string_view text) {
  std::pair<std::int64_t, std::int64_t> counts;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, counts.first);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '/') {
    return std::nullopt;
  }
  const auto second = std::from_chars(first.ptr + 1, end, counts.second);
  return second.ec == std::errc() ? std::optional(counts) : std::nullopt;
}

Health telemetry_collector(const Value& object) {
  const std::string_view mode = object.string_at({"spec", "mode"});
  const Value* replicas = object.find({"status", "scale", "statusReplicas"});
  if (replicas == nullptr) {
    return mode == "sidecar" && object.find("status") != nullptr ? Health() : no_status();
  }
  const auto counts = ratio(replicas->is_string() ? replicas->as_string() : "");
  if (!counts) {
    return progressing("it does not say how many replicas are ready");
  }
  const auto [ready, all] = *counts;
  const bool has_no_nodes = mode == "daemonset" && all == 0;
  return ready == 0     ? (has_no_nodes ? Health() : degraded("none of its replicas is ready"))
         : ready == all ? Health()
                        : progressing(of(ready, all, "replicas are ready"));
}

// An OpenShift Route, by the routers that take it.
Health admission(const Value& object) {
  const auto routers = list_at(object, {"status", "ingress"});
  std::size_t admitted = 0;
  std::size_t refused = 0;
  for (const Value& router : routers) {
    for (const Value& each : list_at(router, {"conditions"})) {
      const bool is_it = each.string_at({"type"}) == "Admitted";
      admitted += is_it && each.string_at({"status"}) == "True";
      refused += is_it && each.string_at({"status"}) == "False";
    }
  }
  const bool has_status = object.find({"status", "ingress"}) != nullptr;
  return !has_status                  ? no_status()
         : admitted == routers.size() ? Health()
         : refused > 0                ? degraded("a router refuses it")
                                      : progressing("a router has not admitted it yet");
}

Health cassandra(const Value& object) {
  const Value* racks = object.find({"status", "racks"});
  if (racks == nullptr) {
    return no_status();
  }
  const bool lacks = std::ranges::any_of(racks->entries(), [](const Value::Entry& rack) {
    const Value* members = rack.value.find("members");
    const Value* ready = rack.value.find("readyMembers");
    return members != nullptr && ready != nullptr && *members != *ready;
  });
  return lacks ? progressing("a rack lacks members") : Health();
}

Health karmada_binding(const Value& object) {
  const auto clusters = list_at(object, {"spec", "clusters"});
  const auto statuses = list_at(object, {"status", "aggregatedStatus"});
  if (clusters.empty() || clusters.size() != statuses.size()) {
    return progressing("not all clusters say how healthy it is there");
  }
  const bool fails = std::ranges::any_of(statuses, [](const Value& each) {
    const std::string_view health = each.string_at({"health"});
    return health == "Unhealthy" || (health == "Unknown" && !flag_at(each, {"applied"}));
  });
  return fails ? degraded("it is not healthy in a cluster") : Health();
}

// Koperator's Kafka.
bool is_broker_fine(const Value& broker) {
  const std::string_view state = broker.string_at({"gracefulActionState", "cruiseControlState"});
  return broker.string_at({"configurationState"}) == "ConfigInSync" &&
         (state == "GracefulUpscaleSucceeded" || state == "GracefulDownscaleSucceeded");
}

Health kafka_cluster(const Value& object) {
  const std::string_view state = object.string_at({"status", "state"});
  const Value* brokers = object.find({"status", "brokersState"});
  if (state == "ClusterRollingUpgrading" || brokers == nullptr) {
    return state.empty() ? no_status() : progressing("it is " + printable(state));
  }
  const bool fails = std::ranges::any_of(
      brokers->entries(), [](const Value::Entry& each) { return !is_broker_fine(each.value); });
  if (fails) {
    return degraded("a broker is not as configured");
  }
  const bool is_ready =
      object.string_at({"status", "cruiseControlTopicStatus"}) == "CruiseControlTopicReady";
  return is_ready && state == "ClusterRunning" ? Health() : progressing("it is being set up");
}

// Argo CD's promoter: every environment runs what is proposed to all of them.
std::string_view proposed_in(const Value& environment) {
  const std::string_view note = environment.string_at({"proposed", "note", "drySha"});
  return note.empty() ? environment.string_at({"proposed", "dry", "sha"}) : note;
}

Health promotion(const Value& object) {
  const Value* ready = condition(object, "Ready");
  if (ready == nullptr) {
    return no_status();
  }
  const Value* observed = ready->find("observedGeneration");
  const Value* generation = object.find({"metadata", "generation"});
  if (observed != nullptr && generation != nullptr && *observed != *generation) {
    return not_observed();
  }
  if (ready->string_at({"status"}) == "False") {
    return degraded(words_of(*ready));
  }
  const auto environments = list_at(object, {"status", "environments"});
  if (environments.empty()) {
    return degraded("it has no environments");
  }
  const std::string_view proposed = proposed_in(environments.front());
  for (const Value& each : environments) {
    const std::string_view active = each.string_at({"active", "dry", "sha"});
    if (active.empty() || proposed_in(each).empty() || proposed_in(each) != proposed ||
        each.string_at({"proposed", "dry", "sha"}) != active) {
      return progressing("an environment does not run yet what is proposed");
    }
  }
  return {};
}

constexpr HealthCheck checks[] = {
    {"apps.kruise.io", "DaemonSet", kruise_daemon_set_health},
    {"apps.kruise.io", "StatefulSet", kruise_stateful_set_health},
    {"game.kruise.io", "GameServerSet", game_server_set_health},
    {"elasticsearch.k8s.elastic.co", "Elasticsearch", elasticsearch},
    {"opentelemetry.io", "OpenTelemetryCollector", telemetry_collector},
    {"route.openshift.io", "Route", admission},
    {"cassandra.rook.io", "Cluster", cassandra},
    {"work.karmada.io", "ResourceBinding", karmada_binding},
    {"work.karmada.io", "ClusterResourceBinding", karmada_binding},
    {"kafka.banzaicloud.io", "KafkaCluster", kafka_cluster},
    {"sparkoperator.k8s.io", "SparkApplication", spark_health},
    {"promoter.argoproj.io", "PromotionStrategy", promotion}};

}  // namespace

std::span<const HealthCheck> counted_checks() {
  return checks;
}

}  // namespace celldrift::audit::health
