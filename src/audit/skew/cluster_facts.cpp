// Facts about whole cells, and about the APIs that they serve.
#include "audit/findings/findings.hpp"
#include "audit/skew/facts.hpp"
#include "celldrift/core/text.hpp"

#include <set>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;

std::string joined(const std::set<std::string>& versions) {
  return join({versions.begin(), versions.end()}, ", ");
}

std::string resource_of(const GroupKind& kind) {
  return kind.kind + (kind.group.empty() ? "" : "." + kind.group);
}

// What every fact about a cell itself has.
Fact of_cell(Bearers bearers, FactKind kind, std::string subject, std::string what) {
  Fact fact;
  fact.subject = {.component = std::string(cluster_component),
                  .kind = "cluster",
                  .object = std::move(subject),
                  .what = std::move(what),
                  .fact = kind};
  fact.bearers = std::move(bearers);
  return fact;
}

class Cluster {
 public:
  explicit Cluster(const ClusterVersions& cluster)
      : bearers_(std::make_shared<const std::vector<Bearer>>(
            1, Bearer{.cell = cluster.cell, .application = ""})) {}

  void add(FactKind kind, std::string subject, std::string what, std::string version) {
    if (!version.empty()) {
      facts_.push_back(of_cell(bearers_, kind, std::move(subject), std::move(what)));
      facts_.back().version = std::move(version);
    }
  }
  std::vector<Fact> take() { return std::move(facts_); }

 private:
  Bearers bearers_;
  std::vector<Fact> facts_;
};

}  // namespace

std::vector<Fact> cluster_facts(const ClusterVersions& cluster) {
  Cluster facts(cluster);
  facts.add(FactKind::kubernetes, "Kubernetes", "version", cluster.kubernetes);
  facts.add(FactKind::node, "nodes", "kubelet version", joined(cluster.kubelets));
  for (const auto& [tool, image] : cluster.tools) {
    facts.add(FactKind::gitops_tool, tool, "image", image);
  }
  for (const auto& [kind, api] : cluster.apis) {
    facts.add(FactKind::crd, resource_of(kind), "served versions", joined(api.served));
    facts.add(FactKind::crd, resource_of(kind), "stored version", api.stored);
  }
  return facts.take();
}

void add_api_facts(const ComparedApplication& application,
                   const ObjectResult& result,
                   std::vector<Fact>& facts) {
  if (result.key.kind != "CustomResourceDefinition" || result.key.group != "apiextensions.k8s.io") {
    return;
  }
  const ClusterVersions::Api live = api_of(result.live);
  const ClusterVersions::Api desired = api_of(result.desired);
  const auto add = [&](std::string what, const std::string& version, const std::string& wanted) {
    Fact fact = fact_about(application, result, FactKind::crd, std::move(what));
    fact.version = version;
    fact.desired = wanted;
    fact.source = result.desired.mark();
    fact.path = "/spec/versions";
    fact.path_text = "spec.versions";
    facts.push_back(std::move(fact));
  };
  add("served versions", joined(live.served), joined(desired.served));
  add("stored version", live.stored, desired.stored);
}

void add_revision_facts(const ComparedApplication& application, std::vector<Fact>& facts) {
  for (const StatedRevision& stated : application.revisions) {
    Fact fact;
    fact.subject = {
        .component = application.component,
        .kind = "Application",
        .object = application.component,
        .what = "targetRevision" + (stated.source.empty() ? "" : " of " + stated.source),
        .fact = FactKind::revision};
    fact.version = stated.revision;
    fact.desired = stated.revision;
    fact.object = {"argoproj.io/v1alpha1", "Application", "", application.application};
    fact.source = stated.mark;
    facts.push_back(std::move(fact));
  }
}

}  // namespace celldrift::audit
