#include "cli/left_over.hpp"

#include "celldrift/audit/substrate.hpp"
#include "celldrift/compare/match.hpp"
#include "celldrift/fleet/orphans.hpp"
#include "cli/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

namespace celldrift::cli {
namespace {

// What Kubernetes and clusters put into namespaces, known by name.
bool is_of_clusters(const ObjectKey& key) {
  static const fleet::OrphanRule built_in{Value()};
  static constexpr std::string_view names[] = {
      "istio-ca-root-cert", "openshift-service-ca.crt", "kube-root-ca.crt", "builder", "deployer"};
  return built_in.leaves_out(key) || std::ranges::find(names, key.name) != std::end(names);
}

LeftOver::Objects tracked_objects(const observe::ObjectTable& live,
                                  const WantedTogether& wanted,
                                  const compare::ArgoSettings& settings) {
  LeftOver::Objects found;
  for (const observe::LiveObject* each : live.distinct()) {
    if (!compare::tracked_by(each->object, settings).empty() && !wanted.keys.contains(each->key)) {
      found.emplace_back(each->key, each->object);
    }
  }
  return found;
}

LeftOver::Objects objects_beside(const observe::ObjectTable& live, const WantedTogether& wanted) {
  LeftOver::Objects found;
  bool is_any = false;
  for (const auto& [kind, how] : wanted.wants.kinds) {
    if (audit::is_substrate(kind)) {
      continue;
    }
    for (const observe::LiveObject* each : live.of_kind(kind)) {
      const ObjectKey& key = each->key;
      if (!wanted.namespaces.contains(key.ns)) {
        continue;
      }
      const bool is_nobodys = !wanted.stated.contains(key) && !is_of_clusters(key);
      if (is_nobodys || key.kind == "StatefulSet") {
        found.emplace_back(key, each->object);
        is_any = is_any || is_nobodys;
      }
    }
  }
  return is_any ? found : LeftOver::Objects();
}

}  // namespace

std::shared_ptr<const LeftOver> left_over(const observe::ObjectTable& live,
                                          const std::shared_ptr<const WantedTogether>& wanted,
                                          const compare::ArgoSettings& settings,
                                          LeftOverInCells& known) {
  const Hash likeness =
      Likeness(Question::left_over).address(live.address()).hash(wanted->likeness).sum();
  if (auto found = known.find(likeness)) {
    return found;
  }
  return known.add(
      likeness,
      std::make_shared<const LeftOver>(
          tracked_objects(live, *wanted, settings), objects_beside(live, *wanted), live, wanted));
}

}  // namespace celldrift::cli
