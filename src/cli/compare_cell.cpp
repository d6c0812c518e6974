#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "cli/coverage.hpp"
#include "cli/placed.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::cli {
namespace {

compare::LiveView view_of(const observe::Observation& observation) {
  return {.find = [&](const ObjectKey& key) { return observation.find(key); },
          .unknown = [&](const ObjectKey& key) { return observation.unknown(key); }};
}

compare::CellView cell_view(const observe::Observation& observation) {
  return {.all =
              [&](const GroupKind& kind) {
                std::vector<const Value*> objects;
                for (const observe::LiveObject& object : observation.objects) {
                  if (object.key.group_kind() == kind) {
                    objects.push_back(&object.object);
                  }
                }
                return objects;
              },
          .unknown = [&](const GroupKind& kind) -> std::optional<std::string> {
            const auto coverage = observation.coverage.find(kind);
            if (coverage == observation.coverage.end()) {
              return "it was not read";
            }
            const bool known = coverage->second.state == observe::KindCoverage::State::complete ||
                               coverage->second.state == observe::KindCoverage::State::absent;
            return known ? std::nullopt : std::optional(coverage->second.reason);
          }};
}

// Secret values become what live has in their place: hashes under the same key.
void hide_secrets(std::vector<Placed>& placed, const observe::SecretKey& key) {
  for (Placed& application : placed) {
    for (auto& [id, object] : application.objects) {
      object = observe::without_secrets(object, key);
    }
  }
}

std::vector<compare::ObjectResult> compare_one(const Placed& placed,
                                               const Versions& versions,
                                               const std::vector<CellState>& readings,
                                               const compare::Context& context) {
  std::vector<std::vector<std::pair<ObjectKey, Value>>> parts(readings.size());
  for (const auto& [key, object] : placed.objects) {
    // A snapshot has one reading only; an object at another version than was read ends as unknown.
    const std::size_t reading = std::min(reading_of(versions, key, object), readings.size() - 1);
    parts[reading].emplace_back(key, object);
  }
  const Value* spec = placed.application->object.find("spec");
  std::vector<compare::ObjectResult> results;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    std::ranges::move(compare::compare_desired(placed.application->name,
                                               spec == nullptr ? Value() : *spec,
                                               parts[i],
                                               view_of(readings[i].observation),
                                               context),
                      std::back_inserter(results));
  }
  return results;
}

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const Versions& versions,
                                                       const std::vector<CellState>& readings,
                                                       const compare::Context& context) {
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    compared.push_back({.cell = application.cell,
                        .application = application.name,
                        .component = application.component,
                        .objects = compare_one(next, versions, readings, context)});
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
      desired.insert(key);
    }
  }
  std::vector<std::pair<ObjectKey, Value>> live;
  for (const observe::LiveObject& object : observation.objects) {
    live.emplace_back(object.key, object.object);
  }
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
  const Versions versions = versions_of(placed);
  std::vector<CellState> readings;
  std::vector<Problem> gaps;
  for (const Wanted& wanted : wanted_kinds(placed, versions)) {
    readings.push_back(reader.read(wanted));
    std::ranges::move(coverage_problems(readings.back().observation, wanted),
                      std::back_inserter(gaps));
    if (!readings.back().observation.reachable || readings.back().observation.from_snapshot) {
      break;
    }
  }
  const CellState& first = readings.front();
  hide_secrets(placed, first.key);
  const compare::Rights rights(cell_view(first.observation));
  const compare::Context context{.managers = rules.managers,
                                 .rights = rights,
                                 .settings = rules.argo,
                                 .explain = rules.explain};

  result.summary = summary_of(cell, first.observation, gaps, versions.size());
  result.summary.applications = applications.size();
  std::ranges::move(gaps, std::back_inserter(result.problems));
  result.applications = compare_placed(placed, versions, readings, context);
  add_extra(first.observation, placed, result.applications);
  return result;
}

}  // namespace celldrift::cli
