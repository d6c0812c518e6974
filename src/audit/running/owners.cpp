#include "audit/running/owners.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr PodOwner owners[] = {
    {"apps", "Deployment", "ReplicaSet", "pod-template-hash", ""},
    {"argoproj.io", "Rollout", "ReplicaSet", "rollouts-pod-template-hash", ""},
    {"apps", "ReplicaSet", "ReplicaSet", "", ""},
    {"apps", "StatefulSet", "StatefulSet", "", "controller-revision-hash"},
    {"apps", "DaemonSet", "DaemonSet", "", "controller-revision-hash"},
    {"", "ReplicationController", "ReplicationController", "", ""},
    {"batch", "Job", "Job", "", ""},
};

}  // namespace

std::span<const PodOwner> pod_owners() {
  return owners;
}

const PodOwner* pod_owner(const GroupKind& wanted) {
  const auto found = std::ranges::find_if(owners, [&](const PodOwner& each) {
    return each.group == wanted.group && each.kind == wanted.kind;
  });
  return found == std::end(owners) ? nullptr : &*found;
}

std::optional<OwnerName> owner_of(const Value& pod) {
  const Value* references = pod.find({"metadata", "ownerReferences"});
  if (references == nullptr) {
    return std::nullopt;
  }
  for (const Value& reference : references->items()) {
    const Value* controller = reference.find("controller");
    if (controller != nullptr && controller->is_bool() && controller->as_bool()) {
      return OwnerName{reference.string_at({"kind"}), reference.string_at({"name"})};
    }
  }
  return std::nullopt;
}

std::optional<std::string> workload_name(const Value& pod,
                                         const OwnerName& owner,
                                         const PodOwner& kind) {
  if (kind.hash_label.empty()) {
    return std::string(owner.name);
  }
  const std::string end = "-" + std::string(label_of(pod, kind.hash_label));
  const bool is_made = end.size() > 1 && owner.name.ends_with(end);
  return is_made ? std::optional(std::string(owner.name.substr(0, owner.name.size() - end.size())))
                 : std::nullopt;
}

bool is_selected(const Value& pod, const Value& workload) {
  const Value* wanted = workload.find({"spec", "selector", "matchLabels"});
  if (wanted == nullptr) {
    return true;
  }
  const Value* labels = pod.find({"metadata", "labels"});
  return std::ranges::all_of(wanted->entries(), [&](const Value::Entry& entry) {
    const Value* label = labels == nullptr ? nullptr : labels->find(entry.key);
    return label != nullptr && *label == entry.value;
  });
}

std::string_view label_of(const Value& pod, std::string_view name) {
  return pod.string_at({"metadata", "labels", name});
}

}  // namespace celldrift::audit
