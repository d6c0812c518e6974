// The Applications of one cell, scored against what they once were.
#pragma once

#include "cli/compare_cell.hpp"
#include "cli/hide_secrets.hpp"
#include "cli/placed.hpp"
#include "cli/prove.hpp"

#include <vector>

namespace celldrift::cli {

// A cell that was compared.
struct ComparedState {
  const fleet::Cell& cell;
  const std::vector<std::pair<ObjectKey, Value>>& live;  // each object once
  const ScopeTable& served;
  const compare::LiveView& view;
  const compare::Context& context;
  const CompareRules& rules;
  HiddenSecrets& secrets;
};

// Of those that are not as Git wants them: which commit each runs. `compared` has the results of
// `placed`, in its order.
std::vector<audit::Proved> prove_all(const std::vector<Placed>& placed,
                                     const std::vector<audit::ComparedApplication>& compared,
                                     const ComparedState& state,
                                     Prover& prover);

}  // namespace celldrift::cli
