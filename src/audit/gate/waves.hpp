// Whether the waves before the one that gets a deploy run it, healthily and for long enough.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

struct EarlierWaves {
  std::vector<WaveState> waves;
  std::vector<Objection> objections;
};

// `components`: those that the deploy touches; of others an earlier wave need not run anything.
EarlierWaves earlier_waves(const GateInput& input, const std::set<std::string>& components);

}  // namespace celldrift::audit
