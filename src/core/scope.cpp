#include "celldrift/core/scope.hpp"

#include "celldrift/core/text.hpp"

namespace celldrift {
namespace {

struct GroupScopes {
  std::string_view group;
  std::string_view namespaced;  // kinds, blank-separated
  std::string_view cluster;
};

// What kube-apiserver 1.33 to 1.35 serve (discovery), and the few kinds that every cluster adds.
constexpr GroupScopes builtin_scopes[] = {
    {"",
     "Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate "
     "ReplicationController ResourceQuota Secret Service ServiceAccount",
     "ComponentStatus Namespace Node PersistentVolume"},
    {"admissionregistration.k8s.io",
     "",
     "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration "
     "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration"},
    {"apiextensions.k8s.io", "", "CustomResourceDefinition"},
    {"apiregistration.k8s.io", "", "APIService"},
    {"apps", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet", ""},
    {"authentication.k8s.io", "", "SelfSubjectReview TokenReview TokenRequest"},
    {"authorization.k8s.io",
     "LocalSubjectAccessReview",
     "SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview"},
    {"autoscaling", "HorizontalPodAutoscaler", ""},
    {"batch", "CronJob Job", ""},
    {"certificates.k8s.io",
     "PodCertificateRequest",
     "CertificateSigningRequest ClusterTrustBundle"},
    {"coordination.k8s.io", "Lease LeaseCandidate", ""},
    {"discovery.k8s.io", "EndpointSlice", ""},
    {"events.k8s.io", "Event", ""},
    {"flowcontrol.apiserver.k8s.io", "", "FlowSchema PriorityLevelConfiguration"},
    {"internal.apiserver.k8s.io", "", "StorageVersion"},
    {"networking.k8s.io", "Ingress NetworkPolicy", "IPAddress IngressClass ServiceCIDR"},
    {"node.k8s.io", "", "RuntimeClass"},
    {"policy", "PodDisruptionBudget", ""},
    {"rbac.authorization.k8s.io", "Role RoleBinding", "ClusterRole ClusterRoleBinding"},
    {"resource.k8s.io",
     "ResourceClaim ResourceClaimTemplate",
     "DeviceClass DeviceTaintRule ResourceSlice"},
    {"scheduling.k8s.io", "Workload", "PriorityClass"},
    {"storage.k8s.io",
     "CSIStorageCapacity",
     "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass"},
    {"storagemigration.k8s.io", "", "StorageVersionMigration"},
    // Argo CD's own kinds, which app-of-apps repos hold.
    {"argoproj.io", "AppProject Application ApplicationSet", ""},
};

ScopeTable make_builtin() {
  ScopeTable table;
  const auto add = [&](std::string_view group, std::string_view kinds, Scope scope) {
    for (const std::string_view kind : split(kinds, ' ')) {
      if (!kind.empty()) {
        table.set({std::string(group), std::string(kind)}, scope);
      }
    }
  };
  for (const GroupScopes& row : builtin_scopes) {
    add(row.group, row.namespaced, Scope::namespaced);
    add(row.group, row.cluster, Scope::cluster);
  }
  return table;
}

}  // namespace

const ScopeTable& ScopeTable::builtin() {
  static const ScopeTable table = make_builtin();
  return table;
}

void ScopeTable::set(GroupKind kind, Scope scope) {
  kinds_.insert_or_assign(std::move(kind), scope);
}

void ScopeTable::add_definitions(std::span<const Value> objects) {
  for (const Value& object : objects) {
    if (object.string_at({"kind"}) != "CustomResourceDefinition") {
      continue;
    }
    const std::string_view kind = object.string_at({"spec", "names", "kind"});
    const std::string_view scope = object.string_at({"spec", "scope"});
    if (!kind.empty() && !scope.empty()) {
      set({std::string(object.string_at({"spec", "group"})), std::string(kind)},
          scope == "Cluster" ? Scope::cluster : Scope::namespaced);
    }
  }
}

void ScopeTable::add(const ScopeTable& other) {
  for (const auto& [kind, scope] : other.kinds_) {
    set(kind, scope);
  }
}

std::optional<Scope> ScopeTable::find(const GroupKind& kind) const {
  const auto entry = kinds_.find(kind);
  return entry == kinds_.end() ? std::nullopt : std::optional(entry->second);
}

}  // namespace celldrift
