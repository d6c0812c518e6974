#include "celldrift/fleet/orphans.hpp"

#include "celldrift/core/glob.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

// What Kubernetes puts into namespaces. (Argo CD 3.5: isKnownOrphanedResourceExclusion)
struct BuiltIn {
  std::string_view ns;  // "" is any
  std::string_view kind;
  std::string_view name;
};
constexpr BuiltIn built_in[] = {
    {"default", "Service", "kubernetes"},
    {"", "ServiceAccount", "default"},
    {"", "ConfigMap", "kube-root-ca.crt"},
};

bool is_built_in(const ObjectKey& object) {
  return object.group.empty() && std::ranges::any_of(built_in, [&](const BuiltIn& each) {
           return (each.ns.empty() || each.ns == object.ns) && each.kind == object.kind &&
                  each.name == object.name;
         });
}

}  // namespace

OrphanRule::OrphanRule(const Value& settings) {
  const Value* warn = settings.find("warn");
  warns_ = warn != nullptr && warn->as_bool();
  if (const Value* ignore = settings.find("ignore")) {
    for (const Value& item : ignore->items()) {
      ignored_.push_back({.group = std::string(item.string_at({"group"})),
                          .kind = std::string(item.string_at({"kind"})),
                          .name = std::string(item.string_at({"name"}))});
    }
  }
}

bool OrphanRule::matches(const Ignored& ignored, const GroupKind& kind) {
  return (ignored.kind.empty() || Glob(ignored.kind).matches(kind.kind)) &&
         Glob(ignored.group).matches(kind.group);
}

bool OrphanRule::leaves_out(const ObjectKey& object) const {
  return is_built_in(object) || std::ranges::any_of(ignored_, [&](const Ignored& each) {
           return matches(each, object.group_kind()) &&
                  (each.name.empty() || Glob(each.name).matches(object.name));
         });
}

bool OrphanRule::leaves_out(const GroupKind& kind) const {
  return std::ranges::any_of(ignored_, [&](const Ignored& each) {
    return matches(each, kind) && (each.name.empty() || each.name == "*");
  });
}

}  // namespace celldrift::fleet
