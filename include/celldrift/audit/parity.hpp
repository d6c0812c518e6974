// Parity: live cells against each other, less what Git means to differ.
//
// Cells of one component are lined up object by object, their own parameters (name, server, labels,
// what the generator gave them) taken out, and grouped by equal value. What Git states in one cell
// as in the other, or not at all, and differs live all the same is told once, with the groups; what
// is drift is told as such already and never again.
#pragma once

#include "celldrift/audit/audit.hpp"

#include <string>
#include <vector>

namespace celldrift::audit {

// Findings of category parity: "parity/field", "parity/object", "parity/application". The order of
// the input does not matter. O(objects), and O(size) of those that differ.
std::vector<Finding> parity(const Input& input);

// Two cells, and everything that differs between them.
struct CellDifference {
  enum class Kind { field, object, application } kind = Kind::field;
  enum class Nature {
    undeclared,  // Git is silent, or says the same
    drift,       // one of the cells, or both, is not as Git wants it
    others,      // autoscalers and operators change it by right
    declared,    // Git wants it so
  } nature = Nature::undeclared;
  std::string component;
  ObjectRef object;       // in the first cell that has it
  std::string subject;    // "Deployment backend-web", as both cells share it; "" for Applications
  std::string path_text;  // "" for a whole object or Application
  std::optional<Value> left;  // nothing: the cell has none
  std::optional<Value> right;
  std::vector<std::string> drifted;  // the cells that are not as Git wants them
  std::string reason;
};
std::string_view describe(CellDifference::Nature nature);

// An object with differences as the first cell has it, and as the second does: but for what is told
// of it, as the first. Null where a cell has none.
struct ObjectPair {
  std::string component;
  std::string subject;
  Value left;
  Value right;
};

struct CellDiff {
  CellSummary left;
  CellSummary right;
  std::vector<CellDifference> differences;  // by component, object, path
  std::vector<ObjectPair> pairs;            // of these differences, by component and object
  std::vector<Problem> problems;            // that leave something of either cell unknown
  bool complete = false;
  std::size_t components = 0;  // that were compared
  std::size_t objects = 0;     // that both have
};

// How values are compared: with what is the cells' own taken out, or as they are.
enum class Values { abstract, raw };

// Error(usage) when there is no such cell, with those that there are.
CellDiff diff_cells(const Input& input,
                    const std::string& left,
                    const std::string& right,
                    Values values);

}  // namespace celldrift::audit
