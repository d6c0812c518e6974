#include "celldrift/observe/observe.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

struct Noise {
  std::string_view group;
  std::string_view kind;  // "*": all of the group
  std::string_view why;
};

// What a snapshot leaves out. Everything else that can be listed is in it: Pods and ReplicaSets
// too, since they say which images really run.
constexpr Noise noise[] = {
    {"", "Event", "comes and goes by itself"},
    {"events.k8s.io", "Event", "the same events again"},
    {"", "Endpoints", "follows Pods"},
    {"discovery.k8s.io", "EndpointSlice", "follows Pods"},
    {"", "ComponentStatus", "deprecated, and computed on each read"},
    {"coordination.k8s.io", "*", "leases are renewed every few seconds"},
    {"metrics.k8s.io", "*", "measurements"},
    {"custom.metrics.k8s.io", "*", "measurements"},
    {"external.metrics.k8s.io", "*", "measurements"},
    {"internal.apiserver.k8s.io", "*", "the API servers' own bookkeeping"},
    {"apps", "ControllerRevision", "older versions of what its owner states"},
    {"storage.k8s.io", "CSIStorageCapacity", "measurements"},
    {"storage.k8s.io", "VolumeAttachment", "follows Pods"},
    {"cilium.io", "CiliumEndpoint", "follows Pods"},
    {"cilium.io", "CiliumIdentity", "follows Pods"},
    {"crd.projectcalico.org", "IPAMBlock", "follows Pods"},
    {"crd.projectcalico.org", "IPAMHandle", "follows Pods"},
    {"wgpolicyk8s.io", "*", "reports of scanners"},
    {"aquasecurity.github.io", "*", "reports of scanners"},
};

}  // namespace

bool is_noise(const GroupKind& kind) {
  return std::any_of(std::begin(noise), std::end(noise), [&](const Noise& each) {
    return each.group == kind.group && (each.kind == "*" || each.kind == kind.kind);
  });
}

Wants everything(const kube::ApiSurface& surface) {
  Wants wants;
  for (const auto& [kind, served] : surface.kinds) {
    for (const kube::ResourceVersion& version : served.versions) {
      if (version.listable && !is_noise(kind)) {
        wants.kinds[kind].versions.insert(version.version);
      }
    }
  }
  return wants;
}

}  // namespace celldrift::observe
