// What judging needs to know of cells and Applications beside comparisons.
#pragma once

#include "celldrift/audit/report.hpp"
#include "celldrift/audit/substrate.hpp"
#include "celldrift/compare/side_by_side.hpp"
#include "celldrift/core/object.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace celldrift::audit {

// An Application that Git says a cell must run, whether or not it could be compared.
struct Expected {
  std::string cell;
  std::string application;
  std::string component;
  std::string ns;               // of its destination
  std::string application_set;  // that made it; "" for none
  bool is_selected = false;     // a cluster generator made it of the cell's cluster Secret
  Value parameters;             // that it was made with: a map, or null
};

// An object that lies in a namespace of the cell's Applications and is nobody's.
struct LooseObject {
  ObjectRef object;
  std::optional<compare::Owner> maker;
};

struct KnownCell {
  std::string name;
  // Empty for a kubeconfig's context.
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;
  std::string labelled_by = "its cluster Secret";  // as fleet::Cell
  bool is_hub = false;
  compare::CellTypes types;
  // The kinds that were read, with the namespaces in which; nothing for all of them.
  std::map<GroupKind, std::optional<std::set<std::string>>> read;
  std::vector<LooseObject> loose;
  Substrate substrate;
};

}  // namespace celldrift::audit
