// The APIs that cells serve, group by group.
#include "audit/parity/minors.hpp"
#include "audit/substrate/differences.hpp"
#include "audit/wording.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

// Those of Kubernetes itself: each version of it has others.
constexpr std::string_view own_groups[] = {"",
                                           "admissionregistration.k8s.io",
                                           "apiextensions.k8s.io",
                                           "apiregistration.k8s.io",
                                           "apps",
                                           "authentication.k8s.io",
                                           "authorization.k8s.io",
                                           "autoscaling",
                                           "batch",
                                           "certificates.k8s.io",
                                           "coordination.k8s.io",
                                           "discovery.k8s.io",
                                           "events.k8s.io",
                                           "flowcontrol.apiserver.k8s.io",
                                           "internal.apiserver.k8s.io",
                                           "networking.k8s.io",
                                           "node.k8s.io",
                                           "policy",
                                           "rbac.authorization.k8s.io",
                                           "resource.k8s.io",
                                           "scheduling.k8s.io",
                                           "storage.k8s.io",
                                           "storagemigration.k8s.io"};

bool is_of_kubernetes(std::string_view group) {
  return std::ranges::find(own_groups, group) != std::end(own_groups);
}

// The GitOps tool runs where it runs: in a cell of its own, or in one of the fleet's.
bool is_of_gitops_tool(const GroupKind& kind) {
  static constexpr std::string_view of_argo_cd[] = {"Application", "ApplicationSet", "AppProject"};
  return kind.group.ends_with(".toolkit.fluxcd.io") ||
         (kind.group == "argoproj.io" &&
          std::ranges::find(of_argo_cd, kind.kind) != std::end(of_argo_cd));
}

std::string versions_text(const Substrate& substrate, const GroupKind& kind) {
  const auto found = substrate.served.find(kind);
  if (found == substrate.served.end()) {
    return "";
  }
  std::vector<std::string> versions = found->second;
  std::ranges::sort(versions);
  return join(versions, ", ");
}

// Cells that tell, and all kinds that any of them serves, by group.
class Apis {
 public:
  explicit Apis(const Cells& cells) : cells_(cells) {
    std::set<GroupKind> used;
    for (const std::size_t cell : known_cells(cells)) {
      if (!substrate(cell).served.empty()) {
        telling_.push_back(cell);
      }
      used.insert(substrate(cell).used.begin(), substrate(cell).used.end());
    }
    for (const std::size_t cell : telling_) {
      for (const auto& [kind, versions] : substrate(cell).served) {
        // What Git uses is told as skew, or as objects that cannot be there.
        if (!used.contains(kind) && !is_of_gitops_tool(kind)) {
          kinds_[kind.group].insert(kind);
        }
      }
    }
  }

  ApiDifferences run() {
    ApiDifferences result;
    for (const auto& [group, kinds] : kinds_) {
      add(group, differing(group, kinds), result);
    }
    std::ranges::sort(result.by_version);
    return result;
  }

 private:
  const Substrate& substrate(std::size_t cell) const { return cells_.all()[cell].substrate; }

  std::vector<std::size_t> telling(const std::string& group) const {
    std::vector<std::size_t> cells;
    std::ranges::copy_if(telling_, std::back_inserter(cells), [&](std::size_t cell) {
      return !substrate(cell).unread_groups.contains(group);
    });
    return cells;
  }

  std::vector<GroupKind> differing(const std::string& group,
                                   const std::set<GroupKind>& kinds) const {
    const std::vector<std::size_t> cells = telling(group);
    std::vector<GroupKind> result;
    std::ranges::copy_if(kinds, std::back_inserter(result), [&](const GroupKind& kind) {
      return std::ranges::any_of(cells, [&](std::size_t cell) {
        return versions_text(substrate(cell), kind) !=
               versions_text(substrate(cells.front()), kind);
      });
    });
    return result;
  }

  // Of the kinds that differ, those that the cell serves: "Certificate v1, Issuer v1".
  Value served(std::size_t cell, const std::vector<GroupKind>& kinds) const {
    std::vector<std::string> texts;
    for (const GroupKind& kind : kinds) {
      const std::string versions = versions_text(substrate(cell), kind);
      if (!versions.empty()) {
        texts.push_back(kind.kind + " " + versions);
      }
    }
    return texts.empty() ? Value() : Value::string(join(texts, ", "));
  }

  void add(const std::string& group, const std::vector<GroupKind>& kinds, ApiDifferences& result) {
    std::vector<Held> held;
    for (const std::size_t cell : telling(group)) {
      held.push_back({cell, served(cell, kinds)});
    }
    std::vector<ValueGroup> groups = grouped(cells_, held, Own::never);
    if (groups.size() < 2) {
      return;
    }
    if (is_of_kubernetes(group) && comes_with_version(held)) {
      for (const GroupKind& kind : kinds) {
        result.by_version.push_back((group.empty() ? "" : group + " ") + kind.kind);
      }
      return;
    }
    result.differences.push_back(difference_of(group, std::move(groups)));
  }

  bool comes_with_version(const std::vector<Held>& held) const {
    const std::vector<std::size_t> numbers = group_numbers(cells_, held, Own::never);
    std::vector<std::pair<std::string, std::size_t>> minors;
    for (std::size_t i = 0; i < held.size(); ++i) {
      minors.emplace_back(minor_of(cells_.kubernetes_version(held[i].cell)), numbers[i]);
    }
    return !telling_minors(minors).empty();
  }

  static SubstrateDifference difference_of(const std::string& group,
                                           std::vector<ValueGroup> groups) {
    const std::string name = group.empty() ? "the core group" : group;
    const ObjectRef object{.api_version = "v1", .kind = "APIGroup", .ns = "", .name = name};
    SubstrateDifference difference{
        .finding = substrate_finding(object, "APIs of " + name, "served", std::move(groups))};
    Finding& finding = difference.finding;
    difference.brief = "of the " + finding.subject + " not all cells serve the same";
    finding.message = finding.subject + " differ: " + values_text(finding.values) +
                      "; out of line: " + cells_text(finding.cells) + "; Git uses none of them";
    return difference;
  }

  const Cells& cells_;
  std::vector<std::size_t> telling_;
  std::map<std::string, std::set<GroupKind>> kinds_;
};

}  // namespace

ApiDifferences api_differences(const Cells& cells) {
  return Apis(cells).run();
}

}  // namespace celldrift::audit
