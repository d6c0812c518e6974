#include "cli/orphans.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

using State = observe::KindCoverage::State;
using Namespaces = std::set<std::string>;

// The kinds that live in namespaces and can be read there.
std::vector<GroupKind> namespaced_kinds(const observe::Reached& reached) {
  std::vector<GroupKind> kinds;
  if (reached.observation.from_snapshot) {
    for (const auto& [kind, coverage] : reached.observation.coverage) {
      if (reached.observation.scopes.find(kind) == Scope::namespaced) {
        kinds.push_back(kind);
      }
    }
    return kinds;
  }
  for (const auto& [kind, wanted] : observe::everything(reached.surface).kinds) {
    if (reached.surface.kinds.at(kind).scope == Scope::namespaced) {
      kinds.push_back(kind);
    }
  }
  return kinds;
}

bool was_read(const observe::Observation& observation,
              const GroupKind& kind,
              const std::string& ns) {
  const auto found = observation.coverage.find(kind);
  return found != observation.coverage.end() && found->second.has_all_in(ns);
}

std::string reason_of(const observe::Observation& observation, const GroupKind& kind) {
  const auto found = observation.coverage.find(kind);
  return found == observation.coverage.end() ? "it was not read" : found->second.reason;
}

std::string place_of(const std::string& ns) {
  return ns.empty() ? "any namespace" : "namespace " + ns;
}

std::string name_of(const GroupKind& kind) {
  return kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind;
}

Problem gap(const observe::Observation& observation,
            const std::string& ns,
            const std::vector<GroupKind>& unread) {
  constexpr std::size_t shown = 6;
  std::vector<std::string> names;
  for (const GroupKind& kind : std::span(unread).first(std::min(shown, unread.size()))) {
    names.push_back(name_of(kind));
  }
  const std::string more =
      unread.size() > shown ? " and " + std::to_string(unread.size() - shown) + " more kinds" : "";
  return {.stage = Stage::observe,
          .cell = observation.cell,
          .message = "orphaned resources were not looked for among " + join(names, ", ") + more +
                     " in " + place_of(ns) + ": " + reason_of(observation, unread.front())};
}

// What could not be read, one problem for each namespace. Kinds that Git has have theirs already.
std::vector<Problem> gaps(const OrphanQuestion& question) {
  const observe::Observation& observation = question.observation;
  std::map<std::string, std::vector<GroupKind>> unread;
  for (const auto& [kind, namespaces] : question.wants.ownerless) {
    for (const std::string& ns : namespaces) {
      const bool is_told = question.wants.kinds.contains(kind) &&
                           observation.coverage.contains(kind) &&
                           observation.coverage.at(kind).state == State::unknown;
      if (!is_told && !was_read(observation, kind, ns)) {
        unread[ns].push_back(kind);
      }
    }
  }
  std::vector<Problem> problems;
  for (const auto& [ns, kinds] : unread) {
    problems.push_back(gap(observation, ns, kinds));
  }
  return problems;
}

// Groups that the cell could not tell of.
std::vector<Problem> unknown_groups(const OrphanQuestion& question) {
  std::vector<Problem> problems;
  for (const auto& [group, reason] : question.observation.served.failed_groups) {
    const GroupKind all{group, ""};
    if (!observe::is_noise(all) && !question.rules.argo.excludes(all, question.cell.server)) {
      problems.push_back(
          {.stage = Stage::observe,
           .cell = question.cell.name,
           .message = "orphaned resources of " + group + " were not looked for: " + reason});
    }
  }
  return problems;
}

// Why an object that nobody is known to want may be wanted all the same.
std::string doubt(const OrphanQuestion& question, const ObjectKey& key) {
  if (!question.rules.unknown_applications.empty()) {
    return "an Application that is not known may want it: " + question.rules.unknown_applications;
  }
  if (question.applications > question.placed.size()) {
    return "an Application that could not be rendered may want it";
  }
  const GroupKind sets{"apps", "StatefulSet"};
  const bool is_claim = key.group_kind() == GroupKind{"", "PersistentVolumeClaim"};
  if (is_claim && !was_read(question.observation, sets, key.ns)) {
    return "it may be a StatefulSet's: " + reason_of(question.observation, sets);
  }
  return "";
}

// Says of an orphan who asks for it: the first Application that does, which is returned.
const std::string& tell(std::span<const OrphanWatch> watches,
                        const OrphanQuestion& question,
                        compare::ObjectResult& orphan) {
  const auto asks = [&](const OrphanWatch& watch) {
    return watch.is_about(orphan.key, question.cell);
  };
  const OrphanWatch& first = *std::ranges::find_if(watches, asks);
  orphan.orphan->project = first.project.name();
  orphan.orphan->warns = std::ranges::any_of(watches, [&](const OrphanWatch& watch) {
    return watch.project.orphans()->warns() && asks(watch);
  });
  if (std::string reason = doubt(question, orphan.key); !reason.empty()) {
    orphan.status = compare::Status::unknown;
    orphan.reason = std::move(reason);
  }
  return first.application.name;
}

}  // namespace

bool OrphanWatch::is_where_it_asks(const ObjectKey& object) const {
  const std::string& ns = application.destination_namespace;
  return !object.ns.empty() && (ns.empty() || ns == object.ns);
}

bool OrphanWatch::lets_be(const ObjectKey& object) const {
  return is_where_it_asks(object) && project.orphans()->leaves_out(object);
}

bool OrphanWatch::is_about(const ObjectKey& object, const fleet::Cell& cell) const {
  return is_where_it_asks(object) && !project.orphans()->leaves_out(object) &&
         !project.objection(object, application, cell);
}

std::vector<OrphanWatch> orphan_watches(std::span<const Placed> placed,
                                        const fleet::Projects& projects) {
  std::vector<OrphanWatch> watches;
  for (const Placed& each : placed) {
    const fleet::Project* project = projects.find(*each.application);
    if (project != nullptr && project->orphans()) {
      watches.push_back({*each.application, *project});
    }
  }
  return watches;
}

std::map<GroupKind, Namespaces> kinds_of_orphans(std::span<const OrphanWatch> watches,
                                                 const observe::Reached& reached,
                                                 const fleet::Cell& cell,
                                                 const compare::ArgoSettings& settings) {
  std::map<GroupKind, Namespaces> wanted;
  if (watches.empty()) {
    return wanted;
  }
  for (const GroupKind& kind : namespaced_kinds(reached)) {
    if (settings.excludes(kind, cell.server)) {
      continue;
    }
    for (const OrphanWatch& watch : watches) {
      const std::string& ns = watch.application.destination_namespace;
      const ObjectKey any{.group = kind.group, .kind = kind.kind, .ns = ns, .name = ""};
      const bool is_refused =
          !ns.empty() && watch.project.objection(any, watch.application, cell).has_value();
      if (!watch.project.orphans()->leaves_out(kind) && !is_refused) {
        wanted[kind].insert(ns);
      }
    }
  }
  return wanted;
}

std::vector<Problem> add_orphans(std::span<const OrphanWatch> watches,
                                 const OrphanQuestion& question,
                                 const compare::Context& context,
                                 std::vector<audit::ComparedApplication>& compared) {
  if (watches.empty() || !question.observation.reachable) {
    return {};
  }
  const auto is_asked_for = [&](const ObjectKey& key) {
    return question.wants.ownerless.contains(key.group_kind()) &&
           std::ranges::any_of(
               watches, [&](const auto& watch) { return watch.is_about(key, question.cell); });
  };
  const std::set<ObjectKey> desired = wanted_keys(question.placed);
  const compare::ExtraQuestion wanted{.applications = question.rules.application_names,
                                      .desired = desired,
                                      .server = question.cell.server};
  for (compare::ObjectResult& found :
       compare::find_orphans(question.live, is_asked_for, wanted, context)) {
    const std::string& application = tell(watches, question, found);
    std::ranges::find(compared, application, &audit::ComparedApplication::application)
        ->objects.own()
        .push_back(std::move(found));
  }
  std::vector<Problem> problems = gaps(question);
  std::ranges::move(unknown_groups(question), std::back_inserter(problems));
  return problems;
}

}  // namespace celldrift::cli
