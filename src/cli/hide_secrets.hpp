// Both sides of a cell without what is secret.
#pragma once

#include "celldrift/observe/scrubber.hpp"
#include "celldrift/observe/sensitive.hpp"
#include "cli/cell_reader.hpp"
#include "cli/placed.hpp"
#include "cli/recent.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace celldrift::cli {

// What hiding came to in a cell: for cells that are the same, on both sides.
struct HiddenSides {
  observe::KnownSecrets all;
  observe::KnownSecrets known;  // the cell's own, as far as may be in clear text
  std::size_t unknown = 0;      // hashes under a key that is not here
  std::vector<PlacedObjects> desired;
  observe::ObjectTable live;
  // What it was made of, which is remembered by its addresses.
  std::vector<PlacedObjects> stated;
  observe::ObjectTable read;
};
using HiddenCells = Recent<HiddenSides>;

// What is the same for all cells.
struct HidingRules {
  const observe::Sensitive& sensitive;
  observe::CleanPartsBySecrets& clean;
  HiddenCells& cells;
};

// Hides in what Git states and in what was read what is sensitive, and every copy of a value of a
// Secret of either side. For one thread at a time.
class HiddenSecrets {
 public:
  // Hides in both; the cell must outlive it.
  HiddenSecrets(std::vector<Placed>& placed, CellState& cell, const HidingRules& rules);

  // What a snapshot hides under a key that is not here.
  std::optional<Problem> problem() const;
  // The same done to an object of Git that comes later.
  Value hide(const ObjectKey& key, const Value& object);

 private:
  void start(std::shared_ptr<const HiddenSides> sides, const HidingRules& rules);
  void hide_in(const std::shared_ptr<HiddenSides>& sides, const HidingRules& rules);
  Value scrub(const Value& object);
  Value adopt_hashes(const ObjectKey& key, const Value& object, std::size_t& unknown) const;

  CellState& cell_;
  std::shared_ptr<const HiddenSides> sides_;
  std::optional<observe::Scrubber> of_cell_;
  std::optional<observe::Scrubber> of_both_;
  bool is_more_ = false;  // both know more than the cell
};

}  // namespace celldrift::cli
