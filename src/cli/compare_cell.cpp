#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"
#include "cli/cell_view.hpp"
#include "cli/compare_placed.hpp"
#include "cli/coverage.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/known_cell.hpp"
#include "cli/known_types.hpp"
#include "cli/live_versions.hpp"
#include "cli/orphans.hpp"
#include "cli/placed.hpp"
#include "cli/prove_cell.hpp"
#include "cli/rehearse_cell.hpp"
#include "cli/tool_state.hpp"

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

// What is extra of each Application that could be rendered.
void add_extra(const std::vector<std::pair<ObjectKey, Value>>& live,
               const std::vector<Placed>& placed,
               const fleet::Cell& cell,
               const CompareRules& rules,
               const compare::Context& context,
               std::vector<audit::ComparedApplication>& compared) {
  auto extra = extra_of({.applications = applications_of(placed),
                         .wanted = wanted_keys(placed),
                         .live = live,
                         .cell = cell,
                         .projects = rules.projects,
                         .controller_ns = rules.controller_ns},
                        context);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    append(std::move(extra[i]), compared[i].objects);
  }
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
  std::vector<Problem> next_problems;
  std::vector<Placed> next = place_next(rules, reader, cell, next_problems);
  const bool is_all = rules.look == audit::Look::everything;
  if (!is_all) {
    keep_versions(placed);
  }
  observe::Wants wants = wants_of(placed);
  if (rules.rehearsal != nullptr) {
    want_rehearsal(next, wants);
  }
  wants.context.merge(compare::Rights::wanted_kinds(kinds_of(wants), rules.rights));
  want_versions(placed, rules.controller_ns, wants);
  if (is_all) {
    want_substrate(placed, wants);
  }
  const bool wants_tools = is_all && rules.tools != nullptr;
  if (wants_tools) {
    want_tools(*rules.tools, wants);
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
  const std::vector<Placed> next_with_secrets =
      rules.server_dry_run == ServerDryRun::yes ? next : std::vector<Placed>();
  // As if they were one side: what either keeps secret is secret on the other, too.
  const std::size_t now_count = placed.size();
  std::ranges::move(next, std::back_inserter(placed));
  HiddenSecrets secrets(placed, state, reader.sensitive(), *rules.clean_parts);
  next = cut_off(placed, now_count);
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
  std::ranges::move(state.problems, std::back_inserter(result.problems));
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
  // A rehearsal asks about what is to be deployed instead.
  if (rules.server_dry_run == ServerDryRun::yes && rules.rehearsal == nullptr) {
    std::ranges::move(
        second_opinions(reader, observation, state.key, with_secrets, result.applications),
        std::back_inserter(result.problems));
  }
  std::ranges::move(shared_objects(placed, cell), std::back_inserter(result.problems));
  const auto& live = observation.objects.distinct_objects();
  add_extra(live, placed, cell, rules, context, result.applications);
  if (rules.rehearsal != nullptr) {
    result.rehearsed = rehearse({.cell = cell,
                                 .reader = reader,
                                 .observation = observation,
                                 .live = live,
                                 .view = view,
                                 .context = context,
                                 .key = state.key,
                                 .rules = rules,
                                 .rendered = applications,
                                 .now = placed,
                                 .now_compared = result.applications,
                                 .next = next,
                                 .next_with_secrets = next_with_secrets});
    std::ranges::move(next_problems, std::back_inserter(result.rehearsed->problems));
  }
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
  if (wants_tools) {
    result.tools = tool_state({.cluster = cell.name,
                               .is_hub = cell.is_hub || cell.synthetic,
                               .observation = observation,
                               .secrets = secrets,
                               .context = context,
                               .compared = result.applications},
                              *rules.tools);
  }
  if (result.tools && observation.reachable) {
    std::ranges::move(unread_tools(*result.tools), std::back_inserter(result.problems));
  }
  return result;
}

}  // namespace celldrift::cli
