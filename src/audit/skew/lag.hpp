// How cells stand to what most of the fleet runs, and why.
#pragma once

#include "audit/skew/subjects.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::audit {

// By cell and Application. What it holds must outlive it.
using ProvedBy = std::map<std::pair<std::string, std::string>, const Proved*>;
ProvedBy proved_by(const std::vector<Proved>& proved);

// Each group of cells but the fleet's, parted by why they differ; in the order of the groups.
std::vector<Lag> lag_of(const std::vector<VersionGroup>& groups,
                        const FactsByCell& facts,
                        const ProvedBy& proved);

// "cell-b is one minor behind, set by hand (kubectl-edit)", the first few of them joined; "" for
// none.
std::string lag_text(const std::vector<Lag>& lag);

}  // namespace celldrift::audit
