// A place where the cells' objects part, and what is to be thought of it.
#pragma once

#include "audit/parity/variants.hpp"
#include "celldrift/audit/parity.hpp"

namespace celldrift::audit {

struct Judged {
  CellDifference::Nature nature = CellDifference::Nature::undeclared;
  Severity severity = Severity::warning;  // of what is undeclared
  Path path;
  std::string text;                  // of the path, with what is the cells' own taken out
  std::vector<ValueGroup> values;    // of the variants that count: the largest first, then by value
  std::vector<std::string> drifted;  // the cells that are not as Git wants them there; sorted
  std::string reason;
  std::optional<compare::Owner> changed_by;
};

// Which side counts where a cell is not as Git wants it.
enum class Drift {
  left_out,  // the other cells are still compared with each other
  told,      // the difference is that
};

// All places where variants part that are worth telling of; in the order of the object.
std::vector<Judged> judge_line(std::vector<Variant>& variants, Drift drift);

}  // namespace celldrift::audit
