#include "audit/health/network.hpp"

#include "celldrift/core/object.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::audit::health {
namespace {

constexpr std::pair<std::string_view, std::string_view> scaling_failures[] = {
    {"AbleToScale", "FailedGetScale"},
    {"AbleToScale", "FailedUpdateScale"},
    {"ScalingActive", "FailedGetResourceMetric"},
    {"ScalingActive", "FailedGetObjectMetric"},
    {"ScalingActive", "FailedGetPodsMetric"},
    {"ScalingActive", "FailedGetExternalMetric"},
    {"ScalingActive", "FailedComputeMetricsReplicas"},
    {"ScalingActive", "InvalidSelector"}};

bool cannot_scale(const Value& condition) {
  const std::pair failure(condition.string_at({"type"}), condition.string_at({"reason"}));
  return std::ranges::find(scaling_failures, failure) != std::end(scaling_failures);
}

bool can_scale(const Value& condition) {
  const std::string_view type = condition.string_at({"type"});
  return (type == "AbleToScale" || type == "ScalingLimited") &&
         condition.string_at({"status"}) == "True";
}

Health by_scaling(std::span<const Value> conditions) {
  const auto failure = std::ranges::find_if(conditions, cannot_scale);
  if (failure != conditions.end()) {
    return degraded(words_of(*failure));
  }
  return std::ranges::any_of(conditions, can_scale) ? Health()
                                                    : progressing("it has not scaled yet");
}

// autoscaling/v1 has no place for conditions: the API server writes them into an annotation.
Health by_annotation(const Value& object) {
  const std::string_view text = object.string_at(
      {"metadata", "annotations", "autoscaling.alpha.kubernetes.io/conditions"}, "null");
  try {
    const Value conditions = yaml::parse_json(text).value;
    if (conditions.is_list() || conditions.is_null()) {
      return by_scaling(conditions.items());
    }
  } catch (const Error&) {  // no JSON: nothing is known
  }
  return unknown("its conditions cannot be read");
}

bool has_address(const Value& object) {
  return !list_at(object, {"status", "loadBalancer", "ingress"}).empty();
}

}  // namespace

Health service_health(const Value& object) {
  const bool needs_address = object.string_at({"spec", "type"}) == "LoadBalancer";
  return !needs_address || has_address(object) ? Health() : progressing("it has no address");
}

Health ingress_health(const Value& object) {
  return has_address(object) ? Health() : progressing("it has no address");
}

Health api_service_health(const Value& object) {
  return has_condition(object, "Available", "True") ? Health() : progressing("it is not available");
}

Health autoscaler_health(const Value& object) {
  return version_of(object.string_at({"apiVersion"})) == "v1"
             ? by_annotation(object)
             : by_scaling(list_at(object, {"status", "conditions"}));
}

}  // namespace celldrift::audit::health
