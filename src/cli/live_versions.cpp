#include "cli/live_versions.hpp"

#include "celldrift/audit/running.hpp"
#include "celldrift/core/kinds.hpp"
#include "cli/cell_view.hpp"
#include "cli/likeness.hpp"

#include <algorithm>
#include <set>

namespace celldrift::cli {
namespace {

using Workloads = std::vector<std::pair<ObjectKey, const Value*>>;

const GroupKind node_kind{"", "Node"};
const GroupKind tool_kinds[] = {{"apps", "Deployment"}, {"apps", "StatefulSet"}};
constexpr std::string_view flux_namespace = "flux-system";  // where `flux install` puts it

// Kinds that have a pod template but no pods that would tell more than the template.
const GroupKind other_versioned_kinds[] = {pod_kind, {"batch", "CronJob"}, definition_kind};

std::set<std::string> workload_namespaces(const std::vector<Placed>& placed) {
  std::set<std::string> namespaces;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      if (audit::has_pods(key.group_kind())) {
        namespaces.insert(key.ns);
      }
    }
  }
  return namespaces;
}

bool has_version(const GroupKind& kind) {
  return audit::has_pods(kind) ||
         std::ranges::find(other_versioned_kinds, kind) != std::end(other_versioned_kinds);
}

std::vector<audit::StatedRevision> revisions_of(const fleet::Application& application) {
  std::vector<audit::StatedRevision> revisions;
  for (std::size_t i = 0; i < application.sources.size(); ++i) {
    const fleet::ApplicationSource& source = application.sources[i];
    const Value* stated = source.spec.find("targetRevision");
    revisions.push_back(
        {.source = application.sources.size() > 1 ? "source " + std::to_string(i + 1) : "",
         .revision = source.target_revision.empty() ? "HEAD" : source.target_revision,
         .mark = stated == nullptr ? application.mark : stated->mark()});
  }
  return revisions;
}

// Live objects of these kinds, which are in order.
Workloads live_objects(const observe::Observation& observation, std::span<const GroupKind> kinds) {
  Workloads objects;
  for (const GroupKind& kind : kinds) {
    for (const observe::LiveObject* live : observation.objects.of_kind(kind)) {
      objects.emplace_back(live->key, &live->object);
    }
  }
  return objects;
}

// The live objects of Applications that may have pods, in namespaces where these were read.
Workloads live_workloads(const observe::Observation& observation,
                         const std::vector<audit::ComparedApplication>& applications) {
  const compare::CellView view = cell_view(observation);
  Workloads workloads;
  for (const audit::ComparedApplication& application : applications) {
    for (const compare::ObjectResult& result : application.objects) {
      const bool is_workload =
          audit::has_pods(result.key.group_kind()) && !view.unknown(pod_kind, result.key.ns);
      const Value* live = is_workload ? observation.find(result.key, result.api_version) : nullptr;
      if (live != nullptr) {
        workloads.emplace_back(result.key, live);
      }
    }
  }
  return workloads;
}

std::set<GroupKind> defined_kinds(const std::vector<Placed>& placed) {
  std::set<GroupKind> kinds;
  for (const Value& definition : definitions_in(placed)) {
    kinds.insert({std::string(definition.string_at({"spec", "group"})),
                  std::string(definition.string_at({"spec", "names", "kind"}))});
  }
  return kinds;
}

// Kinds of somebody else's that Git uses.
std::set<GroupKind> foreign_kinds(const observe::Wants& wants, const std::vector<Placed>& placed) {
  const std::set<GroupKind> defined = defined_kinds(placed);
  const ScopeTable builtin = ScopeTable::builtin();
  std::set<GroupKind> kinds;
  for (const auto& [kind, wanted] : wants.kinds) {
    if (!builtin.find(kind) && !defined.contains(kind)) {
      kinds.insert(kind);
    }
  }
  return kinds;
}

std::map<GroupKind, std::string> stored_versions(const compare::CellView& view) {
  std::map<GroupKind, std::string> stored;
  for (const Value* definition : view.all(definition_kind)) {
    stored[{std::string(definition->string_at({"spec", "group"})),
            std::string(definition->string_at({"spec", "names", "kind"}))}] =
        audit::api_of(*definition).stored;
  }
  return stored;
}

std::map<GroupKind, audit::ClusterVersions::Api> foreign_apis(
    const observe::Observation& observation, const std::set<GroupKind>& kinds) {
  std::map<GroupKind, audit::ClusterVersions::Api> apis;
  const std::map<GroupKind, std::string> stored = stored_versions(cell_view(observation));
  for (const GroupKind& kind : kinds) {
    const auto served = observation.served.kinds.find(kind);
    if (served != observation.served.kinds.end()) {
      apis[kind].served = {served->second.begin(), served->second.end()};
      const auto found = stored.find(kind);
      apis[kind].stored = found == stored.end() ? "" : found->second;
    }
  }
  return apis;
}

bool is_wanted(const std::vector<Placed>& placed, const ObjectKey& key) {
  return std::ranges::any_of(placed, [&](const Placed& application) {
    return std::ranges::any_of(application.objects,
                               [&](const auto& object) { return object.first == key; });
  });
}

std::vector<std::map<ObjectKey, audit::RunningPods>> by_application(
    const observe::Observation& observation,
    const std::vector<audit::ComparedApplication>& compared) {
  const std::map<ObjectKey, audit::RunningPods> all =
      audit::running_pods(cell_view(observation).all(pod_kind),
                          live_workloads(observation, compared),
                          observation.time);
  std::vector<std::map<ObjectKey, audit::RunningPods>> running;
  for (const audit::ComparedApplication& application : compared) {
    auto& own = running.emplace_back();
    for (const compare::ObjectResult& result : application.objects) {
      if (const auto found = all.find(result.key); found != all.end()) {
        own.insert(*found);
      }
    }
  }
  return running;
}

std::shared_ptr<const RunningInCell> running_in(
    const VersionsQuestion& question,
    RunningInCells& known,
    const std::vector<audit::ComparedApplication>& compared) {
  const observe::Observation& observation = question.observation;
  const Hash likeness = Likeness(Question::running)
                            .hash(question.likeness.others)
                            .hash(question.wanted->likeness)
                            .number(std::uint64_t(observation.time.time_since_epoch().count()))
                            .sum();
  auto running = known.find(likeness);
  return running != nullptr ? running
                            : known.add(likeness,
                                        std::make_shared<const RunningInCell>(
                                            by_application(observation, compared),
                                            observation.objects,
                                            question.wanted));
}

}  // namespace

void want_versions(const std::vector<Placed>& placed,
                   const std::string& controller_ns,
                   observe::Wants& wants) {
  if (placed.empty()) {
    return;
  }
  if (const std::set<std::string> namespaces = workload_namespaces(placed); !namespaces.empty()) {
    wants.nearby[pod_kind] = namespaces;
  }
  wants.context.insert(node_kind);
  for (const GroupKind& kind : tool_kinds) {
    wants.nearby[kind] = {controller_ns, std::string(flux_namespace)};
  }
}

void keep_versions(std::vector<Placed>& placed, Placements& placements) {
  const Hash versions = Likeness(Question::kinds_with_versions).sum();
  for (Placed& application : placed) {
    application.objects = placements.only(application.objects, versions, has_version);
  }
}

void add_live_versions(const VersionsQuestion& question,
                       RunningInCells& known,
                       std::vector<audit::ComparedApplication>& compared) {
  const auto running = running_in(question, known, compared);
  for (std::size_t i = 0; i < compared.size(); ++i) {
    compared[i].revisions = revisions_of(*question.placed[i].application);
    compared[i].running = running->applications[i];
  }
}

audit::ClusterVersions cluster_versions(const observe::Observation& observation,
                                        const std::vector<Placed>& placed,
                                        const observe::Wants& wants) {
  audit::ClusterVersions cluster{.cell = observation.cell,
                                 .kubernetes = observation.kubernetes_version};
  cluster.kubelets = audit::kubelets_of(cell_view(observation).all(node_kind));
  Workloads tools = live_objects(observation, tool_kinds);
  if (!audit::gitops_tools(tools).empty()) {
    // What Git itself installs is told as a component of its own.
    std::erase_if(tools, [&](const auto& tool) {
      return audit::gitops_tools({tool}).empty() || is_wanted(placed, tool.first);
    });
    cluster.tools = audit::gitops_tools(tools);
  }
  cluster.apis = foreign_apis(observation, foreign_kinds(wants, placed));
  return cluster;
}

std::set<audit::FactKind> unread_versions(const VersionsQuestion& question) {
  std::set<audit::FactKind> unread;
  const compare::CellView view = cell_view(question.observation);
  if (std::ranges::any_of(question.wanted->with_pods, [&](const std::string& ns) {
        return view.unknown(pod_kind, ns).has_value();
      })) {
    unread.insert({audit::FactKind::digest, audit::FactKind::rollout});
  }
  if (!question.placed.empty() && view.unknown(node_kind, "")) {
    unread.insert(audit::FactKind::node);
  }
  return unread;
}

}  // namespace celldrift::cli
