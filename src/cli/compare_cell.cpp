#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"
#include "cli/cell_view.hpp"
#include "cli/coverage.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/known_cell.hpp"
#include "cli/known_types.hpp"
#include "cli/live_versions.hpp"
#include "cli/managed_namespace.hpp"
#include "cli/orphans.hpp"
#include "cli/placed.hpp"
#include "cli/prove_cell.hpp"
#include "cli/second_opinions.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace celldrift::cli {
namespace {

compare::LiveView view_of(const observe::Observation& observation) {
  return {.find = [&](const ObjectKey& key,
                      std::string_view version) { return observation.find(key, version); },
          .unknown = [&](const ObjectKey& key) { return observation.unknown(key); },
          .served = [&](std::string_view version,
                        std::string_view kind) { return observation.served.find(version, kind); }};
}

std::set<GroupKind> kinds_of(const observe::Wants& wants) {
  std::set<GroupKind> kinds;
  for (const auto& [kind, wanted] : wants.kinds) {
    kinds.insert(kind);
  }
  return kinds;
}

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const compare::LiveView& view,
                                                       const std::string& controller_ns,
                                                       const compare::Context& context) {
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    const Value* spec = application.object.find("spec");
    compared.push_back(
        {.cell = application.cell,
         .application = application.name,
         .component = application.component,
         .objects = compare::compare_desired(fleet::instance_name(application, controller_ns),
                                             spec == nullptr ? Value() : *spec,
                                             next.objects,
                                             view,
                                             context)});
    if (next.managed_namespace) {
      auto& objects = compared.back().objects;
      const auto found =
          std::ranges::find(objects, *next.managed_namespace, &compare::ObjectResult::key);
      if (found != objects.end()) {
        leave_to_others(*found);
      }
    }
  }
  return compared;
}

// What Argo CD does not manage in this cell is not Git's to want. (Argo CD 3.5 warns:
// ExcludedResourceWarning.) Only an argocd-cm tells.
void leave_out_excluded(std::vector<Placed>& placed,
                        const fleet::Cell& cell,
                        const compare::ArgoSettings& settings,
                        std::vector<Problem>& problems) {
  if (settings.tracking == compare::TrackingMethod::unknown) {
    return;
  }
  for (Placed& application : placed) {
    std::set<GroupKind> kinds;
    std::erase_if(application.objects, [&](const auto& object) {
      const GroupKind kind = object.first.group_kind();
      const bool is_excluded = settings.excludes(kind, cell.server);
      if (is_excluded) {
        kinds.insert(kind);
      }
      return is_excluded;
    });
    for (const GroupKind& kind : kinds) {
      problems.push_back({.stage = Stage::compare,
                          .cell = cell.name,
                          .application = application.application->name,
                          .message = kind.kind + " objects are not looked at: argocd-cm excludes " +
                                     "the kind, so that Argo CD does not apply them",
                          .unknown = LeavesUnknown::no});
    }
  }
}

// Objects that several Applications of the cell want, one problem for each set of them. (Argo CD
// 3.5: SharedResourceWarning)
std::vector<Problem> shared_objects(const std::vector<Placed>& placed, const fleet::Cell& cell) {
  std::map<ObjectKey, std::set<std::string>> wanted_by;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      wanted_by[key].insert(application.application->name);
    }
  }
  std::map<std::set<std::string>, std::vector<std::string>> shared;
  for (const auto& [key, names] : wanted_by) {
    if (names.size() > 1) {
      shared[names].push_back(describe(key));
    }
  }
  std::vector<Problem> problems;
  for (const auto& [names, objects] : shared) {
    const std::vector<std::string> all(names.begin(), names.end());
    problems.push_back({.stage = Stage::compare,
                        .cell = cell.name,
                        .application = all.front(),
                        .message = join(objects, ", ") + " is part of the Applications " +
                                   join(all, " and ") + ": whichever syncs last wins",
                        .unknown = LeavesUnknown::no});
  }
  return problems;
}

// Objects that are tracked as one of these Applications and that none wants. An Application that
// could not be rendered is left out: what it wants is not known.
void add_extra(const std::vector<std::pair<ObjectKey, Value>>& live,
               const std::vector<Placed>& placed,
               const fleet::Cell& cell,
               const CompareRules& rules,
               const compare::Context& context,
               std::vector<audit::ComparedApplication>& compared) {
  compare::ExtraQuestion question{
      .applications = {}, .desired = wanted_keys(placed), .server = cell.server};
  for (const Placed& application : placed) {
    question.applications.insert(
        fleet::instance_name(*application.application, rules.controller_ns));
  }
  auto extra = compare::find_extra(live, question, context);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const fleet::Application& application = *placed[i].application;
    auto& found = extra[fleet::instance_name(application, rules.controller_ns)];
    // Argo CD sees nothing that the project does not permit.
    std::erase_if(found, [&](const compare::ObjectResult& result) {
      return rules.projects.objection(result.key, application, cell).has_value();
    });
    std::ranges::move(found, std::back_inserter(compared[i].objects));
  }
}

// A snapshot cannot be asked, and of a cell that was not reached there is a problem already.
std::vector<Problem> second_opinions(const CellReader& reader,
                                     const observe::Observation& observation,
                                     const observe::SecretKey& key,
                                     std::span<const Placed> desired,
                                     std::vector<audit::ComparedApplication>& compared) {
  const std::string& cell = observation.cell;
  if (observation.from_snapshot) {
    return {{.stage = Stage::compare,
             .cell = cell,
             .message = "a snapshot cannot be asked for a dry run",
             .unknown = LeavesUnknown::no}};
  }
  const std::unique_ptr<kube::DryRun> server = reader.dry_run();
  if (server == nullptr) {
    return {};
  }
  return add_second_opinions({.name = cell,
                              .server = *server,
                              .surface = reader.reached().surface,
                              .deadline = reader.reached().deadline,
                              .key = key,
                              .schema = observation.schema},
                             desired,
                             compared);
}

}  // namespace

ComparedCell compare_cell(const fleet::Cell& cell,
                          CellReader& reader,
                          std::span<const RenderedApplication* const> applications,
                          const CompareRules& rules) {
  ComparedCell result;
  std::vector<Placed> placed =
      place_all(applications, reader.scopes(), rules.projects, cell, result.problems);
  leave_out_excluded(placed, cell, rules.argo, result.problems);
  const bool is_all = rules.look == audit::Look::everything;
  if (!is_all) {
    keep_versions(placed);
  }
  observe::Wants wants = wants_of(placed);
  wants.context = compare::Rights::wanted_kinds(kinds_of(wants), rules.rights);
  want_versions(placed, rules.controller_ns, wants);
  if (is_all) {
    want_substrate(placed, wants);
  }
  const std::vector<OrphanWatch> watches =
      is_all ? orphan_watches(placed, rules.projects) : std::vector<OrphanWatch>();
  wants.ownerless = kinds_of_orphans(watches, reader.reached(), cell, rules.argo);
  CellState state = reader.read(wants);
  std::vector<Problem> gaps = coverage_problems(state.observation, wants);
  std::ranges::move(
      observe::complete_schema(state.observation, wants.kinds, definitions_in(placed)),
      std::back_inserter(result.problems));
  const std::vector<Placed> with_secrets =
      rules.server_dry_run == ServerDryRun::yes ? placed : std::vector<Placed>();
  HiddenSecrets secrets(placed, state, reader.sensitive());
  const observe::Observation& observation = state.observation;
  const compare::Rights rights(cell_view(observation), rules.rights);
  const kube::Schema schema = observation.schema.with_known_types(known_types_of(rules.argo));
  const compare::Context context{.schema = schema,
                                 .managers = rules.managers,
                                 .rights = rights,
                                 .settings = rules.argo,
                                 .explain = rules.explain};

  result.summary = summary_of(cell, observation, gaps, wants.kinds.size());
  result.summary.applications = applications.size();
  std::ranges::move(gaps, std::back_inserter(result.problems));
  if (secrets.problem()) {
    result.problems.push_back(*secrets.problem());
  }
  const compare::LiveView view = view_of(observation);
  result.applications = compare_placed(placed, view, rules.controller_ns, context);
  add_live_versions(observation, placed, result.applications);
  if (observation.reachable && !cell.synthetic) {
    result.summary.unread = unread_versions(observation, placed);
    result.versions = cluster_versions(observation, placed, wants);
  }
  if (!is_all) {
    return result;
  }
  if (rules.server_dry_run == ServerDryRun::yes) {
    std::ranges::move(
        second_opinions(reader, observation, state.key, with_secrets, result.applications),
        std::back_inserter(result.problems));
  }
  std::ranges::move(shared_objects(placed, cell), std::back_inserter(result.problems));
  const auto live = observe::distinct_objects(observation);
  add_extra(live, placed, cell, rules, context, result.applications);
  if (rules.prover != nullptr) {
    result.proved = prove_all(placed,
                              result.applications,
                              {.cell = cell,
                               .live = live,
                               .served = reader.scopes(),
                               .view = view,
                               .context = context,
                               .rules = rules,
                               .secrets = secrets},
                              *rules.prover);
  }
  const OrphanQuestion nobodys{.cell = cell,
                               .observation = observation,
                               .live = live,
                               .wants = wants,
                               .placed = placed,
                               .applications = applications.size(),
                               .rules = rules};
  std::ranges::move(add_orphans(watches, nobodys, context, result.applications),
                    std::back_inserter(result.problems));
  result.known = known_cell(watches, nobodys, context, result.applications);
  if (observation.reachable && !cell.synthetic && !placed.empty() &&
      placed.size() == applications.size()) {
    result.known.substrate = substrate_of({.observation = observation,
                                           .wants = wants,
                                           .placed = placed,
                                           .compared = result.applications,
                                           .managers = rules.managers},
                                          *rules.substrates);
  }
  return result;
}

}  // namespace celldrift::cli
