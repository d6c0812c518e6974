// Whose a pod is.
//
// A pod names its owner, which for a Deployment is a ReplicaSet. These are not read: each is the
// whole template again, eleven times for a Deployment. The Deployment controller names them by a
// label of their pods, so that name, label and selector together tell whose a pod is.
#pragma once

#include "celldrift/core/object.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// A kind that has pods.
struct PodOwner {
  std::string_view group;
  std::string_view kind;
  std::string_view owner;       // the kind that pods name
  std::string_view hash_label;  // of a pod: its owner's name is the workload's, "-" and this; "" no
  std::string_view revision;    // label of a pod that tells its template; "": the owner's name
};
std::span<const PodOwner> pod_owners();
// nullptr for a kind that has none.
const PodOwner* pod_owner(const GroupKind& kind);

// The controller that a pod names.
struct OwnerName {
  std::string_view kind;
  std::string_view name;
};
std::optional<OwnerName> owner_of(const Value& pod);

// The workload of that kind that the owner's name stands for; nothing where it cannot be one.
std::optional<std::string> workload_name(const Value& pod,
                                         const OwnerName& owner,
                                         const PodOwner& kind);

// True when the pod's labels are those that the workload's selector asks for. What matchExpressions
// say besides can only narrow it, which a name of one's own has done already.
bool is_selected(const Value& pod, const Value& workload);

std::string_view label_of(const Value& pod, std::string_view name);

}  // namespace celldrift::audit
