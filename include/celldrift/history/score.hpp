// Score: how far a cell is from what one commit says of an Application.
#pragma once

#include "celldrift/compare/match.hpp"

#include <string>
#include <vector>

namespace celldrift::history {

// Of one object, or of several added up. What people wrote by hand weighs little: it says nothing
// of the commit below it. A value that the GitOps tool wrote and the commit does not have says that
// it did not apply this commit.
struct Score {
  std::size_t weight = 0;
  std::size_t objects = 0;         // that the commit states and that could be looked at
  std::size_t live = 0;            // of those
  std::size_t missing = 0;         // of those
  std::size_t unknown = 0;         // objects that could not be looked at
  std::size_t contradictions = 0;  // values of the GitOps tool that the commit has otherwise
  std::size_t unattributed = 0;    // differences of which nobody knows whose they are
  std::vector<std::string> edits;  // what differs: "Deployment backend/web spec.replicas"
  std::string first_contradiction;
  std::string version;  // what the commit calls what it renders: "1.3"; "" for nothing

  Score& operator+=(const Score& more);
  // All that is live is what the commit says, and something is.
  bool is_exact() const { return weight == 0 && live > 0; }
  // Closer to the cell; of equally close ones the one that more is known of.
  bool is_closer_than(const Score& other) const;
};

// Of a compared object; one of status `extra` is an object that the commit does not state.
Score score_of(const compare::ObjectResult& result);

}  // namespace celldrift::history
