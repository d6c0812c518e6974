#include "celldrift/observe/observation.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

using State = KindCoverage::State;

bool is_whole(const KindCoverage& coverage) {
  return coverage.state == State::complete || coverage.state == State::absent;
}

}  // namespace

bool KindCoverage::has_all_in(std::string_view ns) const {
  return is_whole(*this) || (state == State::namespaces && namespaces.contains(std::string(ns)));
}

std::optional<std::string> Observation::unknown(const ObjectKey& key) const {
  if (!reachable) {
    return reason.empty() ? "the cell could not be reached" : reason;
  }
  const auto found = coverage.find(key.group_kind());
  if (found == coverage.end()) {
    return from_snapshot ? "the snapshot does not record this kind" : "this kind was not read";
  }
  const KindCoverage& kind = found->second;
  return kind.has_all_in(key.ns) ? std::nullopt : std::optional(kind.reason);
}

std::string_view describe_coverage(const Observation& observation) {
  const auto& kinds = observation.coverage;
  if (!observation.reachable) {
    return "unknown";
  }
  if (std::all_of(
          kinds.begin(), kinds.end(), [](const auto& each) { return is_whole(each.second); })) {
    return "complete";
  }
  const bool nothing = std::all_of(kinds.begin(), kinds.end(), [](const auto& each) {
    return each.second.state == State::unknown;
  });
  return nothing ? "unknown" : "partial";
}

}  // namespace celldrift::observe
