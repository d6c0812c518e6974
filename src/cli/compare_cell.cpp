#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "cli/cell_view.hpp"
#include "cli/coverage.hpp"
#include "cli/placed.hpp"

#include <algorithm>
#include <iterator>
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

// Secret values become what live has in their place: hashes under the same key.
void hide_secrets(std::vector<Placed>& placed, const observe::SecretKey& key) {
  for (Placed& application : placed) {
    for (auto& [id, object] : application.objects) {
      object = observe::without_secrets(object, key);
    }
  }
}

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const compare::LiveView& view,
                                                       const compare::Context& context) {
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    const Value* spec = application.object.find("spec");
    compared.push_back(
        {.cell = application.cell,
         .application = application.name,
         .component = application.component,
         .objects = compare::compare_desired(
             application.name, spec == nullptr ? Value() : *spec, next.objects, view, context)});
  }
  return compared;
}

// Objects that are tracked as one of these Applications and that none wants. An Application that
// could not be rendered is left out: what it wants is not known.
void add_extra(const observe::Observation& observation,
               const std::vector<Placed>& placed,
               std::vector<audit::ComparedApplication>& compared) {
  std::set<std::string> names;
  std::set<ObjectKey> desired;
  for (const Placed& application : placed) {
    names.insert(application.application->name);
    for (const auto& [key, object] : application.objects) {
      desired.merge(compare::identities(key));
    }
  }
  std::vector<std::pair<ObjectKey, Value>> live;
  observe::each_object(observation, [&](const observe::LiveObject& object) {
    live.emplace_back(object.key, object.object);
  });
  auto extra = compare::find_extra(live, names, desired);
  for (audit::ComparedApplication& application : compared) {
    std::ranges::move(extra[application.application], std::back_inserter(application.objects));
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
  observe::Wants wants = wants_of(placed);
  wants.context = compare::Rights::wanted_kinds(kinds_of(wants), rules.rights);
  auto [observation, key] = reader.read(wants);
  std::vector<Problem> gaps = coverage_problems(observation, wants);
  std::ranges::move(observe::complete_schema(observation, wants.kinds, definitions_in(placed)),
                    std::back_inserter(result.problems));
  hide_secrets(placed, key);
  const compare::Rights rights(cell_view(observation), rules.rights);
  const compare::Context context{.schema = observation.schema,
                                 .managers = rules.managers,
                                 .rights = rights,
                                 .settings = rules.argo,
                                 .explain = rules.explain};

  result.summary = summary_of(cell, observation, gaps, wants.kinds.size());
  result.summary.applications = applications.size();
  std::ranges::move(gaps, std::back_inserter(result.problems));
  result.applications = compare_placed(placed, view_of(observation), context);
  add_extra(observation, placed, result.applications);
  return result;
}

}  // namespace celldrift::cli
