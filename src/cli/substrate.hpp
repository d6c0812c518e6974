// What a cell stands on beside what Git has in it, as it is read and kept.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/core/hash.hpp"
#include "celldrift/observe/observe.hpp"
#include "cli/comparisons.hpp"
#include "cli/placed.hpp"
#include "cli/wanted_together.hpp"

#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

namespace celldrift::cli {

// The contents of substrates of all cells: what cells have in common is worked out, and kept, once.
// (Definitions may have a megabyte each.) Thread-safe.
class SubstrateContents {
 public:
  // audit::substrate_content().
  Value of(const Value& live);

 private:
  Value shared(const Value& content);

  std::mutex mutex_;
  std::unordered_map<Hash, Value> of_specs_;  // of definitions, by their spec
  std::unordered_map<Hash, Value> all_;
};

// Adds what has to be read for it. Nothing for a cell that Git has nothing in.
void want_substrate(std::span<const Placed> placed, observe::Wants& wants);

// What is known of a cell when its substrate is asked for.
struct SubstrateQuestion {
  const observe::Observation& observation;
  const observe::Wants& wants;
  const std::vector<Placed>& placed;
  const std::vector<audit::ComparedApplication>& compared;
  const compare::Managers& managers;
  const CellLikeness& likeness;
  const std::shared_ptr<const WantedTogether>& wanted;
};

// The same in all cells that have and want the same.
struct SubstrateInCell {
  audit::Substrate substrate;
  // By whose addresses it is remembered.
  observe::ObjectTable objects;
  std::shared_ptr<const WantedTogether> wanted;
};
using SubstrateInCells = Recent<SubstrateInCell>;

// All Applications of the cell must be among them: else what is Git's is not known.
audit::Substrate substrate_of(const SubstrateQuestion& question,
                              SubstrateInCells& known,
                              SubstrateContents& contents);

}  // namespace celldrift::cli
