// Both sides of a cell without what is secret.
#pragma once

#include "celldrift/observe/scrubber.hpp"
#include "celldrift/observe/sensitive.hpp"
#include "cli/cell_reader.hpp"
#include "cli/placed.hpp"

#include <optional>
#include <vector>

namespace celldrift::cli {

// Hides in what Git states and in what was read what is sensitive, and every copy of a value of a
// Secret of either side. For one thread at a time.
class HiddenSecrets {
 public:
  // Hides in both; the cell must outlive it. `clean`: of all cells.
  HiddenSecrets(std::vector<Placed>& placed,
                CellState& cell,
                const observe::Sensitive& sensitive,
                observe::CleanPartsBySecrets& clean);

  // What a snapshot hides under a key that is not here.
  const std::optional<Problem>& problem() const { return problem_; }
  // The same done to an object of Git that comes later.
  Value hide(const ObjectKey& key, const Value& object);

 private:
  Value scrub(const Value& object);
  Value adopt_hashes(const ObjectKey& key, const Value& object, std::size_t& unknown) const;

  const CellState& cell_;
  observe::KnownSecrets all_;
  observe::KnownSecrets known_;  // the cell's own, as far as may be in clear text
  observe::Scrubber of_cell_;
  std::optional<observe::Scrubber> of_both_;
  bool is_more_ = false;
  std::optional<Problem> problem_;
};

}  // namespace celldrift::cli
