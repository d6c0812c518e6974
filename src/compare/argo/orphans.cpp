// Live objects that are nobody's. (Argo CD 3.5: getResourceTree, and gitops-engine's
// pkg/cache/references)

#include "compare/argo/beyond_git.hpp"

#include <algorithm>
#include <map>

namespace celldrift::compare {
namespace {

constexpr std::string_view of_service_account[] = {"kubernetes.io/service-account.uid",
                                                   "kubernetes.io/service-account.name"};

bool has_annotation(const Value& live, std::string_view name) {
  return !live.string_at({"metadata", "annotations", name}).empty();
}

// Objects of some kinds have an owner although their metadata name none.
struct ImpliedOwner {
  std::string_view group;
  std::string_view kind;
  bool (*has_one)(const Value& live);
};
constexpr ImpliedOwner implied_owners[] = {
    {"", "Endpoints", [](const Value&) { return true; }},  // the Service of that name
    {"",
     "Secret",  // of a ServiceAccount's token
     [](const Value& live) {
       return live.string_at({"type"}) == "kubernetes.io/service-account-token" &&
              std::ranges::all_of(of_service_account, [&](std::string_view name) {
                return has_annotation(live, name);
              });
     }},
    {"operators.coreos.com",
     "ClusterServiceVersion",
     [](const Value& live) { return has_annotation(live, "olm.operatorGroup"); }},
};

bool has_implied_owner(const ObjectKey& key, const Value& live) {
  return std::ranges::any_of(implied_owners, [&](const ImpliedOwner& each) {
    return each.group == key.group && each.kind == key.kind && each.has_one(live);
  });
}

bool is_claim(const ObjectKey& key) {
  return key.group.empty() && key.kind == "PersistentVolumeClaim";
}

// The claims of StatefulSets, by what their names end with before the number: "data-web" for the
// template "data" of "web".
class SetClaims {
 public:
  explicit SetClaims(const std::vector<std::pair<ObjectKey, Value>>& live) {
    for (const auto& [key, object] : live) {
      const Value* templates = object.find({"spec", "volumeClaimTemplates"});
      if (key.kind == "StatefulSet" && templates != nullptr && templates->is_list()) {
        for (const Value& one : templates->items()) {
          prefixes_.emplace(
              key.ns, std::string(one.string_at({"metadata", "name"})) + "-" + key.name + "-");
        }
      }
    }
  }

  // Argo CD does not ask that the name starts with the template's.
  bool have(const ObjectKey& claim) const {
    const std::size_t digits = claim.name.find_last_not_of("0123456789") + 1;
    if (digits == claim.name.size()) {
      return false;
    }
    const std::string_view name = std::string_view(claim.name).substr(0, digits);
    const auto [first, last] = prefixes_.equal_range(claim.ns);
    return std::any_of(first, last, [&](const auto& each) { return name.ends_with(each.second); });
  }

 private:
  std::multimap<std::string, std::string> prefixes_;  // by namespace
};

// Whom it claims to be part of. Where nothing is known of Argo CD's settings the label tells
// nothing: charts set it to whatever they like.
std::string tracked_as(const Value& live, const ArgoSettings& settings) {
  if (settings.tracking != TrackingMethod::unknown) {
    return std::string(tracked_by(live, settings));
  }
  ArgoSettings by_annotation = settings;
  by_annotation.tracking = TrackingMethod::annotation;
  return std::string(tracked_by(live, by_annotation));
}

}  // namespace

std::vector<ObjectResult> find_orphans(const std::vector<std::pair<ObjectKey, Value>>& live,
                                       const std::function<bool(const ObjectKey&)>& is_asked_for,
                                       const ExtraQuestion& question,
                                       const Context& context) {
  const SetClaims claims(live);
  std::vector<ObjectResult> orphans;
  for (const auto& [key, object] : live) {
    if (!is_asked_for(key) || question.desired.contains(key) || has_owner(object) ||
        has_implied_owner(key, object) || (is_claim(key) && claims.have(key)) ||
        question.applications.contains(tracked_by(object, context.settings)) ||
        context.settings.excludes(key.group_kind(), question.server)) {
      continue;
    }
    ObjectResult& result = orphans.emplace_back(extra_result(key, object, context.managers));
    result.orphan = Orphan{.tracked_as = tracked_as(object, context.settings)};
  }
  return orphans;
}

}  // namespace celldrift::compare
