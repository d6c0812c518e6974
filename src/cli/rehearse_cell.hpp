// One cell, compared with what Git wants, held against a deploy as well.
#pragma once

#include "cli/compare_cell.hpp"

#include <span>
#include <vector>

namespace celldrift::cli {

// The Applications of a cell as a deploy has them, in its namespaces; none where nothing is
// rehearsed.
std::vector<Placed> place_next(const CompareRules& rules,
                               const CellReader& reader,
                               const fleet::Cell& cell,
                               std::vector<Problem>& problems);

// What a list ends in, from its item `first` on, as a list of its own.
std::vector<Placed> cut_off(std::vector<Placed>& placed, std::size_t first);

// The cell as it was compared.
struct Rehearsed {
  const fleet::Cell& cell;
  const CellReader& reader;
  const observe::Observation& observation;
  const std::vector<std::pair<ObjectKey, Value>>& live;
  const compare::LiveView& view;
  const compare::Context& context;
  const CellLikeness& likeness;
  const observe::SecretKey& key;
  const CompareRules& rules;
  std::span<const RenderedApplication* const> rendered;  // what Git wants now
  const std::vector<Placed>& now;
  const std::vector<audit::ComparedApplication>& now_compared;  // in the order of `now`
  const std::vector<Placed>& next;
  const std::vector<Placed>& next_with_secrets;  // empty where no dry run is asked for
};

// Only what the deploy touches is compared once more.
RehearsedCell rehearse(const Rehearsed& at);

}  // namespace celldrift::cli
