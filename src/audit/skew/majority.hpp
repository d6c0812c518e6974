// Which of several versions is the fleet's, and which cells are out of line.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace celldrift::audit {

struct CellVersion {
  std::string cell;
  std::string version;
  std::optional<std::string> desired;

  bool operator==(const CellVersion&) const = default;
};

struct VersionGroup {
  std::string version;
  std::vector<std::string> cells;  // sorted
  bool as_desired = false;         // each of its cells has what Git wants there
};

// Cells of equal version together: the largest group first, then by version. `versions` sorted by
// cell.
std::vector<VersionGroup> group_versions(const std::vector<CellVersion>& versions);

// The fleet's: the largest; of equally large ones that which Git wants; of those the newest, where
// their texts tell; else the first. `groups` is not empty.
const VersionGroup& fleet_group(const std::vector<VersionGroup>& groups);

// The cells that are not in the fleet's group, sorted; where some of them are not as Git wants
// them, those alone.
std::vector<std::string> outliers(const std::vector<VersionGroup>& groups);

}  // namespace celldrift::audit
