// Which Application a live object belongs to, and which objects are hooks. Argo CD 3.5.

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

constexpr std::string_view tracking_annotation = "argocd.argoproj.io/tracking-id";
constexpr std::string_view instance_label = "app.kubernetes.io/instance";

struct TrackingId {
  std::string_view application;
  std::string_view group_kind;  // "apps/Deployment", "/Service"
  std::string_view name;        // "namespace/name"
};

// "<app>:<group>/<Kind>:<namespace>/<name>"
std::optional<TrackingId> parse_tracking_id(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() != 3 || std::ranges::count(parts[1], '/') != 1 ||
      std::ranges::count(parts[2], '/') != 1) {
    return std::nullopt;
  }
  return TrackingId{parts[0], parts[1], parts[2]};
}

// A copied annotation describes the object that it was copied from. Cluster-scoped objects carry
// the destination's namespace in theirs.
bool describes(const TrackingId& id, const ObjectKey& key) {
  const std::size_t slash = id.name.find('/');
  return id.group_kind == key.group + "/" + key.kind && id.name.substr(slash + 1) == key.name &&
         (key.ns.empty() || id.name.substr(0, slash) == key.ns);
}

bool any_of(std::string_view list, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(split(list, ','), [&](std::string_view part) {
    return std::ranges::find(words, trim(part)) != words.end();
  });
}

}  // namespace

std::string tracked_by(const Value& live) {
  const std::string_view annotation =
      live.string_at({"metadata", "annotations", tracking_annotation});
  if (!annotation.empty()) {
    const auto id = parse_tracking_id(annotation);
    return id && describes(*id, key_of(live)) ? std::string(id->application) : "";
  }
  return std::string(live.string_at({"metadata", "labels", instance_label}));
}

bool is_hook(const Value& object) {
  const Value* annotations = object.find({"metadata", "annotations"});
  if (annotations == nullptr) {
    return false;
  }
  const std::string_view argo = annotations->string_at({"argocd.argoproj.io/hook"});
  if (any_of(argo,
             {"PreSync", "Sync", "PostSync", "SyncFail", "Skip", "PreDelete", "PostDelete"})) {
    return true;
  }
  const std::string_view helm = annotations->string_at({"helm.sh/hook"});
  // crd-install is an ordinary resource; every other hook, known or not, is never part of the
  // desired state.
  return !argo.empty() || (!helm.empty() && trim(helm) != "crd-install");
}

}  // namespace celldrift::compare
