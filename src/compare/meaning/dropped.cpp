#include "compare/meaning/dropped.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// A field that is kept only where a sibling has a value; without one, only behind a feature gate.
struct Kept {
  std::string_view structure;
  std::string_view field;
  std::string_view sibling = {};
  std::string_view value = {};
};
// Seen on kube-apiserver 1.33 to 1.35.
constexpr Kept kept_fields[] = {
    {"io.k8s.api.coordination.v1.LeaseSpec", "preferredHolder"},
    {"io.k8s.api.coordination.v1.LeaseSpec", "strategy"},
    {"io.k8s.api.resource.v1.Device", "allNodes"},
    {"io.k8s.api.resource.v1.Device", "allowMultipleAllocations"},
    {"io.k8s.api.resource.v1.Device", "bindsToNode"},
    {"io.k8s.api.resource.v1.Device", "nodeName"},
    {"io.k8s.api.resource.v1beta1.BasicDevice", "allNodes"},
    {"io.k8s.api.resource.v1beta1.BasicDevice", "allowMultipleAllocations"},
    {"io.k8s.api.resource.v1beta1.BasicDevice", "bindsToNode"},
    {"io.k8s.api.resource.v1beta1.BasicDevice", "nodeName"},
    {"io.k8s.api.resource.v1beta2.Device", "allNodes"},
    {"io.k8s.api.resource.v1beta2.Device", "allowMultipleAllocations"},
    {"io.k8s.api.resource.v1beta2.Device", "bindsToNode"},
    {"io.k8s.api.resource.v1beta2.Device", "nodeName"},
    {"io.k8s.api.resource.v1.ResourceSliceSpec", "perDeviceNodeSelection"},
    {"io.k8s.api.resource.v1beta1.ResourceSliceSpec", "perDeviceNodeSelection"},
    {"io.k8s.api.resource.v1beta2.ResourceSliceSpec", "perDeviceNodeSelection"},
    {"io.k8s.api.core.v1.Container", "restartPolicy"},
    {"io.k8s.api.core.v1.VolumeProjection", "podCertificate"},
    {"io.k8s.api.core.v1.ServiceSpec", "sessionAffinityConfig", "sessionAffinity", "ClientIP"},
};

}  // namespace

bool is_dropped(const kube::Place& parent, std::string_view field) {
  return std::ranges::any_of(kept_fields, [&](const Kept& each) {
    return each.field == field && each.structure == parent.type.name &&
           (each.sibling.empty() || parent.live.string_at({each.sibling}) != each.value);
  });
}

}  // namespace celldrift::compare
