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

Wanted wanted_kinds(const std::vector<Placed>& placed) {
  Wanted wanted;
  for (const Placed& application : placed) {
    for (const auto& [key, object] : application.objects) {
      observe::Wanted& kind = wanted[key.group_kind()];
      kind.version = version_of(object.string_at({"apiVersion"}));
      if (!key.ns.empty()) {
        kind.namespaces.insert(key.ns);
      }
    }
  }
  return wanted;
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

std::vector<audit::ComparedApplication> compare_placed(const std::vector<Placed>& placed,
                                                       const observe::Observation& observation) {
  const compare::LiveView view = view_of(observation);
  std::vector<audit::ComparedApplication> compared;
  for (const Placed& next : placed) {
    const fleet::Application& application = *next.application;
    const Value* spec = application.object.find("spec");
    compared.push_back(
        {.cell = application.cell,
         .application = application.name,
         .component = application.component,
         .objects = compare::compare_desired(
             application.name, spec == nullptr ? Value() : *spec, next.objects, view)});
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
                          std::span<const RenderedApplication* const> applications) {
  ComparedCell result;
  std::vector<Placed> placed =
      place_all(applications, scopes_of(applications, reader.scopes()), result.problems);
  const Wanted wanted = wanted_kinds(placed);
  const CellState state = reader.read(wanted);
  hide_secrets(placed, state.key);

  std::vector<Problem> gaps = coverage_problems(state.observation, wanted);
  result.summary = summary_of(cell, state.observation, gaps, wanted.size());
  result.summary.applications = applications.size();
  std::ranges::move(gaps, std::back_inserter(result.problems));
  result.applications = compare_placed(placed, state.observation);
  add_extra(state.observation, placed, result.applications);
  return result;
}

}  // namespace celldrift::cli
