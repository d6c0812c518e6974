#include "cli/cell_view.hpp"

namespace celldrift::cli {
namespace {

// Whether the cell may have objects of a kind that was not asked for. A snapshot has all that can
// be listed.
bool may_have(const observe::Observation& observation, const GroupKind& kind) {
  return observation.served.known ? observation.served.kinds.contains(kind) ||
                                        observation.served.failed_groups.contains(kind.group)
                                  : !observation.from_snapshot;
}

std::optional<std::string> unread(const observe::Observation& observation,
                                  const GroupKind& kind,
                                  std::string_view ns) {
  const auto found = observation.coverage.find(kind);
  if (found == observation.coverage.end()) {
    return may_have(observation, kind) ? std::optional<std::string>("it was not read")
                                       : std::nullopt;
  }
  const observe::KindCoverage& coverage = found->second;
  return coverage.has_all_in(ns) ? std::nullopt : std::optional(coverage.reason);
}

}  // namespace

compare::CellView cell_view(const observe::Observation& observation) {
  return {.all =
              [&](const GroupKind& kind) {
                std::vector<const Value*> objects;
                for (const observe::LiveObject* each : observation.objects.of_kind(kind)) {
                  objects.push_back(&each->object);
                }
                return objects;
              },
          .unknown = [&](const GroupKind& kind,
                         std::string_view ns) { return unread(observation, kind, ns); }};
}

}  // namespace celldrift::cli
