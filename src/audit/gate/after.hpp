// The fleet's versions as they would be after a deploy.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

struct SkewAfter {
  std::vector<Finding> findings;
  std::vector<Objection> objections;
};

// The cells that get it run what it states, the others what they run now; Git wants the deploy
// everywhere. Of the components that it touches.
//
// Whether a wave that is behind a later one is told of; not where earlier waves are judged by
// themselves.
enum class WaveOrder { heed, leave };
SkewAfter skew_after(const GateInput& input,
                     const std::set<std::string>& components,
                     WaveOrder order);

}  // namespace celldrift::audit
