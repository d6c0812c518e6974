#include "cli/coverage.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

// What is to be said of one kind that Git has; nothing when all of it was read.
std::optional<Problem> gap(const observe::Observation& observation, const GroupKind& kind) {
  using State = observe::KindCoverage::State;
  const std::string name = kind.group.empty() ? kind.kind : kind.group + "/" + kind.kind;
  Problem problem{.stage = Stage::observe, .cell = observation.cell};
  const auto coverage = observation.coverage.find(kind);
  if (coverage == observation.coverage.end()) {
    if (observation.served.known && !observation.served.kinds.contains(kind) &&
        !observation.served.failed_groups.contains(kind.group)) {
      return std::nullopt;  // a snapshot of a cell without this kind
    }
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

std::string coverage_text(const observe::Observation& observation,
                          const std::vector<Problem>& gaps,
                          std::size_t kinds) {
  const auto unread = std::size_t(std::ranges::count(gaps, LeavesUnknown::yes, &Problem::unknown));
  if (!observation.reachable || (kinds != 0 && unread == kinds)) {
    return "unknown";
  }
  return gaps.empty() ? "complete" : "partial";
}

}  // namespace

std::vector<Problem> coverage_problems(const observe::Observation& observation,
                                       const observe::Wants& wants) {
  if (!observation.reachable) {
    return {{.stage = Stage::observe, .cell = observation.cell, .message = observation.reason}};
  }
  std::vector<Problem> problems;
  for (const auto& [kind, want] : wants.kinds) {
    if (auto problem = gap(observation, kind)) {
      problems.push_back(std::move(*problem));
    }
  }
  return problems;
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
          .snapshot_time = observation.from_snapshot ? format_time(observation.time) : "",
          .labels = cell.labels};
}

}  // namespace celldrift::cli
