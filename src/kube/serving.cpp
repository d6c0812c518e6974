#include "celldrift/kube/serving.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

struct Move {
  std::string_view from;
  std::string_view to;
  std::string_view kind;  // "*": all of the group
};

// The first of two rows counts. Kubernetes' own moves served both groups for years from the same
// storage; the others renamed their group, and their objects were migrated.
constexpr Move moves[] = {
    {"extensions", "networking.k8s.io", "Ingress"},        // removed in 1.22
    {"extensions", "networking.k8s.io", "NetworkPolicy"},  // 1.16, as the next three
    {"extensions", "apps", "Deployment"},
    {"extensions", "apps", "DaemonSet"},
    {"extensions", "apps", "ReplicaSet"},
    {"extensions", "policy", "PodSecurityPolicy"},  // both gone since 1.25
    {"", "events.k8s.io", "Event"},
    {"events.k8s.io", "", "Event"},
    {"certmanager.k8s.io", "cert-manager.io", "*"},
    {"traefik.containo.us", "traefik.io", "*"},
    {"keda.k8s.io", "keda.sh", "*"},
    {"networking.x-k8s.io", "gateway.networking.k8s.io", "*"},
    {"configuration.konghq.io", "configuration.konghq.com", "*"},
};

std::string api_version(std::string_view group, std::string_view version) {
  return group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
}

}  // namespace

std::vector<GroupKind> same_kind_elsewhere(const GroupKind& kind) {
  std::vector<GroupKind> found;
  for (const auto& move : moves) {
    if (move.from == kind.group && (move.kind == "*" || move.kind == kind.kind)) {
      found.push_back({std::string(move.to), kind.kind});
    }
  }
  return found;
}

Serving ServedVersions::find(std::string_view stated, std::string_view kind) const {
  const GroupKind wanted{std::string(group_of(stated)), std::string(kind)};
  const auto own = kinds.find(wanted);
  const bool has_kind = own != kinds.end() && !own->second.empty();
  if (has_kind && std::ranges::find(own->second, version_of(stated)) != own->second.end()) {
    return {Serving::State::served};
  }
  if (!known || failed_groups.contains(wanted.group)) {
    return {};
  }
  if (has_kind) {
    return {Serving::State::not_served, api_version(wanted.group, own->second.front())};
  }
  for (const auto& other : same_kind_elsewhere(wanted)) {
    const auto moved = kinds.find(other);
    if (moved != kinds.end() && !moved->second.empty()) {
      return {Serving::State::not_served, api_version(other.group, moved->second.front())};
    }
  }
  return {Serving::State::not_served};
}

}  // namespace celldrift::kube
