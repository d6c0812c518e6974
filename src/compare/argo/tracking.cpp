#include "compare/argo/tracking.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"
#include "compare/ownership/owned_node.hpp"
#include "compare/ownership/ownership.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

constexpr std::string_view tracking_annotation = "argocd.argoproj.io/tracking-id";
constexpr std::string_view installation_annotation = "argocd.argoproj.io/installation-id";
constexpr std::size_t max_label = 63;

struct TrackingId {
  std::string_view application;
  std::string_view group_kind;  // "apps/Deployment", "/Service"
  std::string_view name;        // "namespace/name"
};

// "<app>:<group>/<Kind>:<namespace>/<name>"; names of RBAC objects have colons.
std::optional<TrackingId> parse_tracking_id(std::string_view text) {
  const std::size_t first = text.find(':');
  const std::size_t second = first == text.npos ? first : text.find(':', first + 1);
  if (second == text.npos) {
    return std::nullopt;
  }
  const TrackingId id{.application = text.substr(0, first),
                      .group_kind = text.substr(first + 1, second - first - 1),
                      .name = text.substr(second + 1)};
  if (std::ranges::count(id.group_kind, '/') != 1 || std::ranges::count(id.name, '/') != 1) {
    return std::nullopt;
  }
  return id;
}

// What is before and behind the slash that there is.
std::pair<std::string_view, std::string_view> in_two(std::string_view text) {
  const std::size_t slash = text.find('/');
  return {text.substr(0, slash), text.substr(slash + 1)};
}

// A copied annotation describes the object that it was copied from. Cluster-scoped objects carry
// the destination's namespace in theirs.
bool describes(const TrackingId& id, const Value& live) {
  const auto [group, kind] = in_two(id.group_kind);
  const auto [ns, name] = in_two(id.name);
  if (kind != live.string_at({"kind"}) || group != group_of(live.string_at({"apiVersion"}))) {
    return false;
  }
  const Value* metadata = live.find("metadata");
  const std::string_view own_ns = metadata == nullptr ? "" : metadata->string_at({"namespace"});
  return metadata != nullptr && name == metadata->string_at({"name"}) &&
         (own_ns.empty() || ns == own_ns);
}

std::optional<TrackingId> tracking_id(const Value& live, const ArgoSettings& settings) {
  const Value* annotations = live.find({"metadata", "annotations"});
  if (annotations == nullptr) {
    return std::nullopt;
  }
  // Of another Argo CD, which has Applications of the same names.
  const bool is_ours =
      settings.installation_id.empty() ||
      annotations->string_at({installation_annotation}) == settings.installation_id;
  return is_ours ? parse_tracking_id(annotations->string_at({tracking_annotation})) : std::nullopt;
}

std::string_view instance_label(const Value& live, const ArgoSettings& settings) {
  return live.string_at({"metadata", "labels", settings.instance_label});
}

bool has_annotation(const Value& live) {
  return !live.string_at({"metadata", "annotations", tracking_annotation}).empty();
}

// What a label can hold of a name; Argo CD cuts the rest where the label only repeats the
// annotation.
std::string as_label(std::string_view application) {
  std::string text(application.substr(0, max_label));
  while (!text.empty() && std::string_view("-_.").find(text.back()) != std::string_view::npos) {
    text.pop_back();
  }
  return text;
}

Difference foreign(std::string_view map,
                   std::string_view key,
                   std::string want,
                   std::string_view have,
                   std::string_view other,
                   const Value& live,
                   const Context& context) {
  const Ownership ownership(live, context.managers);
  const kube::Type none;
  const OwnedNode owned =
      OwnedNode(ownership).field("metadata", none).field(map, none).field(key, none);
  const Claim* changer = changer_of(owned.held());
  return {.path = Path() / "metadata" / map / key,
          .change = Change::modified,
          .want = Value::string(want),
          .have = Value::string(have),
          .owner = changer == nullptr ? std::nullopt : std::optional(changer->owner),
          .reason = "it marks the object as part of the Application " + std::string(other)};
}

}  // namespace

std::string_view tracked_by(const Value& live, const ArgoSettings& settings) {
  const bool by_label = settings.tracking == TrackingMethod::label ||
                        (settings.tracking == TrackingMethod::unknown && !has_annotation(live));
  if (by_label) {
    return instance_label(live, settings);
  }
  const auto id = tracking_id(live, settings);
  return id && describes(*id, live) ? id->application : "";
}

bool names_an_application(const Value& object, const ArgoSettings& settings) {
  const Value* metadata = object.find("metadata");
  const Value* labels = metadata == nullptr ? nullptr : metadata->find("labels");
  const Value* annotations = metadata == nullptr ? nullptr : metadata->find("annotations");
  return (labels != nullptr && labels->find(settings.instance_label) != nullptr) ||
         (annotations != nullptr && annotations->find(tracking_annotation) != nullptr);
}

std::optional<Difference> mark_of_another(const ObjectKey& key,
                                          const Value& live,
                                          std::string_view application,
                                          const Context& context) {
  const ArgoSettings& settings = context.settings;
  const auto id = tracking_id(live, settings);
  if (settings.tracking != TrackingMethod::label && id && id->application != application) {
    const std::string ns =
        key.ns.empty() ? std::string(id->name.substr(0, id->name.find('/'))) : key.ns;
    return foreign(
        "annotations",
        tracking_annotation,
        std::string(application) + ":" + key.group + "/" + key.kind + ":" + ns + "/" + key.name,
        live.string_at({"metadata", "annotations", tracking_annotation}),
        id->application,
        live,
        context);
  }
  const bool has_label = settings.tracking == TrackingMethod::label ||
                         settings.tracking == TrackingMethod::annotation_and_label;
  const std::string_view label = instance_label(live, settings);
  if (has_label && !label.empty() && label != application && label != as_label(application)) {
    return foreign(
        "labels", settings.instance_label, as_label(application), label, label, live, context);
  }
  return std::nullopt;
}

}  // namespace celldrift::compare
