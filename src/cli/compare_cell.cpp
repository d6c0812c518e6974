#include "cli/compare_cell.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace celldrift::cli {
namespace {

using Wanted = std::map<GroupKind, observe::Wanted>;

// An Application with its objects placed in the cell.
struct Placed {
  const fleet::Application* application;
  std::vector<std::pair<ObjectKey, Value>> objects;
};

// Built-in kinds, then what the cell itself serves, then CRDs that Git brings (they may not be
// there yet).
ScopeTable scopes_of(std::span<const RenderedApplication* const> applications,
                     const ScopeTable& served) {
  ScopeTable scopes = ScopeTable::builtin();
  for (const RenderedApplication* rendered : applications) {
    for (const auto& source : rendered->sources) {
      scopes.add_definitions(source->objects);
    }
  }
  scopes.add(served);
  return scopes;
}

std::vector<Placed> place_all(std::span<const RenderedApplication* const> applications,
                              const ScopeTable& scopes,
                              const fleet::Projects& projects,
                              const fleet::Cell& cell,
                              std::vector<Problem>& problems) {
  std::vector<Placed> placed;
  for (const RenderedApplication* rendered : applications) {
    if (rendered->failed) {
      continue;
    }
    const fleet::Application& application = rendered->application;
    try {
      render::Desired desired = render::place(rendered->sources, application, scopes);
      std::ranges::move(desired.warnings, std::back_inserter(problems));
      if (auto refused = refused_objects(projects, desired, application, cell)) {
        problems.push_back(*std::move(refused));
        continue;
      }
      Placed& next = placed.emplace_back(Placed{.application = &application});
      for (render::DesiredObject& object : desired.objects) {
        next.objects.emplace_back(std::move(object.key), std::move(object.object));
      }
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::render, application.cell, application.name));
    }
  }
  return placed;
}

std::string version_in(const Value& object) {
  return std::string(version_of(object.string_at({"apiVersion"})));
}

// Each kind with the versions that Git states it at, in order. Mostly one.
using Versions = std::map<GroupKind, std::set<std::string>>;

Versions versions_of(const std::vector<Placed>& placed) {
  Versions versions;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      versions[key.group_kind()].insert(version_in(object));
    }
  }
  return versions;
}

// An object is read at the version that Git states: the kinds' first versions are read together,
// then the second ones, and so on. The number of the reading that has this object's.
std::size_t reading_of(const Versions& versions, const ObjectKey& key, const Value& object) {
  const std::set<std::string>& of_kind = versions.at(key.group_kind());
  return std::size_t(std::distance(of_kind.begin(), of_kind.find(version_in(object))));
}

std::vector<Wanted> wanted_kinds(const std::vector<Placed>& placed, const Versions& versions) {
  std::vector<Wanted> readings(1);
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      const std::size_t reading = reading_of(versions, key, object);
      readings.resize(std::max(readings.size(), reading + 1));
      observe::Wanted& kind = readings[reading][key.group_kind()];
      kind.version = version_in(object);
      if (!key.ns.empty()) {
        kind.namespaces.insert(key.ns);
      }
    }
  }
  return readings;
}

compare::LiveView view_of(const observe::Observation& observation) {
  return {.find = [&](const ObjectKey& key) { return observation.find(key); },
          .unknown = [&](const ObjectKey& key) { return observation.unknown(key); }};
}

// What is to be said of one kind that Git has; nothing when all of it was read.
std::optional<Problem> gap(const observe::Observation& observation, const GroupKind& kind) {
  using State = observe::KindCoverage::State;
  const std::string name = kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind;
  Problem problem{.stage = Stage::observe, .cell = observation.cell};
  const auto coverage = observation.coverage.find(kind);
  if (coverage == observation.coverage.end()) {
    problem.message = name + " was not read";
    return problem;
  }
  if (coverage->second.state == State::unknown) {
    problem.message = name + " could not be read: " + coverage->second.reason;
    return problem;
  }
  if (coverage->second.state == State::namespaces) {
    // Whoever may read only the cell's own namespaces has a cell that is those namespaces.
    const std::vector<std::string> namespaces(coverage->second.namespaces.begin(),
                                              coverage->second.namespaces.end());
    problem.message =
        name + " was read in " + join(namespaces, ", ") +
        " only, extra objects elsewhere were not looked for: " + coverage->second.reason;
    problem.unknown = LeavesUnknown::no;
    return problem;
  }
  return std::nullopt;
}

// One problem for a cell that is not there, else one for each kind that was not read wholly.
std::vector<Problem> coverage_problems(const observe::Observation& observation,
                                       const Wanted& wanted) {
  if (!observation.reachable) {
    return {{.stage = Stage::observe, .cell = observation.cell, .message = observation.reason}};
  }
  std::vector<Problem> problems;
  for (const auto& [kind, want] : wanted) {
    if (auto problem = gap(observation, kind)) {
      problems.push_back(std::move(*problem));
    }
  }
  return problems;
}

std::string coverage_text(const observe::Observation& observation,
                          const std::vector<Problem>& gaps,
                          std::size_t kinds) {
  const auto unread = std::size_t(std::ranges::count(gaps, LeavesUnknown::yes, &Problem::unknown));
  if (!observation.reachable || (kinds != 0 && unread == kinds)) {
    return "unknown";
  }
  return gaps.empty() ? "complete" : "partial";
}

audit::CellSummary summary_of(const fleet::Cell& cell,
                              const observe::Observation& observation,
                              const std::vector<Problem>& gaps,
                              std::size_t kinds) {
  return {.name = cell.name,
          .server = cell.server,
          .kubernetes_version = observation.kubernetes_version,
          .reachable = observation.reachable,
          .coverage = coverage_text(observation, gaps, kinds),
          .reason = gaps.empty() ? "" : gaps.front().message,
          .snapshot_time = observation.from_snapshot ? format_time(observation.time) : ""};
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
                                               const std::vector<CellState>& readings) {
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
                                               view_of(readings[i].observation)),
                      std::back_inserter(results));
  }
  return results;
}

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const Versions& versions,
                                                       const std::vector<CellState>& readings) {
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    compared.push_back({.cell = application.cell,
                        .application = application.name,
                        .component = application.component,
                        .objects = compare_one(next, versions, readings)});
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
                          const fleet::Projects& projects) {
  ComparedCell result;
  std::vector<Placed> placed = place_all(
      applications, scopes_of(applications, reader.scopes()), projects, cell, result.problems);
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

  result.summary = summary_of(cell, first.observation, gaps, versions.size());
  result.summary.applications = applications.size();
  std::ranges::move(gaps, std::back_inserter(result.problems));
  result.applications = compare_placed(placed, versions, readings);
  add_extra(first.observation, placed, result.applications);
  return result;
}

}  // namespace celldrift::cli
