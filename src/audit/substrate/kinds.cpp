#include "celldrift/audit/substrate.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

const SubstrateKind kinds[] = {
    {{"", "LimitRange"}, Scope::namespaced},
    {{"", "ResourceQuota"}, Scope::namespaced},
    {{"admissionregistration.k8s.io", "MutatingAdmissionPolicy"}},
    {{"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"}},
    {{"admissionregistration.k8s.io", "MutatingWebhookConfiguration"}},
    {{"admissionregistration.k8s.io", "ValidatingAdmissionPolicy"}},
    {{"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"}},
    {{"admissionregistration.k8s.io", "ValidatingWebhookConfiguration"}},
    {{"apiextensions.k8s.io", "CustomResourceDefinition"}},
    {{"gateway.networking.k8s.io", "GatewayClass"}},
    {{"kyverno.io", "ClusterPolicy"}},
    {{"kyverno.io", "Policy"}, Scope::namespaced},
    {{"networking.k8s.io", "IngressClass"}},
    {{"node.k8s.io", "RuntimeClass"}},
    {{"policies.kyverno.io", "MutatingPolicy"}},
    {{"policies.kyverno.io", "ValidatingPolicy"}},
    {{"scheduling.k8s.io", "PriorityClass"}},
    {{"snapshot.storage.k8s.io", "VolumeSnapshotClass"}},
    {{"storage.k8s.io", "CSIDriver"}},
    {{"storage.k8s.io", "StorageClass"}},
    {{"templates.gatekeeper.sh", "ConstraintTemplate"}},
};

}  // namespace

std::span<const SubstrateKind> substrate_kinds() {
  return kinds;
}

bool is_substrate(const GroupKind& kind) {
  return std::ranges::find(kinds, kind, &SubstrateKind::kind) != std::end(kinds);
}

}  // namespace celldrift::audit
