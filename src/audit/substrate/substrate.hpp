// What cells stand on, held against each other: findings, and the likely causes of others.
#pragma once

#include "audit/substrate/differences.hpp"
#include "celldrift/audit/audit.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

// `input` must outlive it. Nothing is said where Applications may be unknown: what is Git's is not
// known then. O(parts), and O(size) of those that differ.
class SubstrateParity {
 public:
  explicit SubstrateParity(const Input& input);

  // Of the rule "parity/substrate", without order: of what no Application wants.
  const std::vector<Finding>& findings() const& { return findings_; }
  const std::vector<Finding>& findings() && = delete;  // they would not outlive it
  // Adds to the reasons of others what they most likely come from: a difference of the substrate,
  // Git's included, that parts the cells in the same way and has to do with them.
  void name_causes(std::vector<Finding>& findings) const;

 private:
  std::vector<Finding> findings_;
  std::vector<SubstrateDifference> causes_;
  std::vector<std::string> by_version_;
};

// What of the substrate could not be read, so that cells were not compared in it: one for each
// cell; it leaves nothing of Git unknown. None for a single cell.
std::vector<Problem> unread_substrate(const Input& input);

}  // namespace celldrift::audit
