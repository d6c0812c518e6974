#include "audit/skew/majority.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

using Candidates = std::vector<const VersionGroup*>;

Candidates largest(const std::vector<VersionGroup>& groups) {
  Candidates candidates;
  for (const VersionGroup& group : groups) {
    if (group.cells.size() == groups.front().cells.size()) {
      candidates.push_back(&group);
    }
  }
  return candidates;
}

// Those that Git wants, or all when it wants none of them.
Candidates preferred(const Candidates& candidates) {
  Candidates wanted;
  std::ranges::copy_if(candidates, std::back_inserter(wanted), &VersionGroup::as_desired);
  return wanted.empty() ? candidates : wanted;
}

bool is_newer(const VersionGroup* a, const VersionGroup* b) {
  return compare_versions(a->version, b->version) > 0;
}

// The one that is newer than all others; nullptr when there is none.
const VersionGroup* newest(const Candidates& candidates) {
  const VersionGroup* best = candidates.front();
  for (const VersionGroup* candidate : candidates) {
    best = is_newer(candidate, best) ? candidate : best;
  }
  const bool beats_all = std::ranges::all_of(candidates, [&](const VersionGroup* other) {
    return other == best || is_newer(best, other);
  });
  return beats_all ? best : nullptr;
}

}  // namespace

const VersionGroup& fleet_group(const std::vector<VersionGroup>& groups) {
  const Candidates candidates = preferred(largest(groups));
  const VersionGroup* group = newest(candidates);
  return group != nullptr ? *group : *candidates.front();
}

std::vector<VersionGroup> group_versions(const std::vector<CellVersion>& versions) {
  std::map<std::string, VersionGroup> by_version;
  for (const CellVersion& version : versions) {
    VersionGroup& group = by_version[version.version];
    group.as_desired =
        (group.cells.empty() || group.as_desired) && version.desired == version.version;
    group.version = version.version;
    group.cells.push_back(version.cell);
  }
  std::vector<VersionGroup> groups;
  for (auto& [version, group] : by_version) {
    groups.push_back(std::move(group));
  }
  std::ranges::stable_sort(
      groups, std::greater{}, [](const VersionGroup& group) { return group.cells.size(); });
  return groups;
}

std::vector<std::string> outliers(const std::vector<VersionGroup>& groups) {
  const VersionGroup* fleet = &fleet_group(groups);
  const bool undeclared = std::ranges::any_of(
      groups, [&](const VersionGroup& group) { return &group != fleet && !group.as_desired; });
  std::vector<std::string> cells;
  for (const VersionGroup& group : groups) {
    if (&group != fleet && !(undeclared && group.as_desired)) {
      cells.insert(cells.end(), group.cells.begin(), group.cells.end());
    }
  }
  std::ranges::sort(cells);
  return cells;
}

}  // namespace celldrift::audit
