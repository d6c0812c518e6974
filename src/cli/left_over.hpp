// What a cell has beside what its Applications want, once for all cells that have the same beside
// the same.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "cli/wanted_together.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace celldrift::cli {

struct LeftOver {
  using Objects = std::vector<std::pair<ObjectKey, Value>>;

  // What has the mark of an Application, whichever.
  Objects tracked;
  // What is live in the namespaces of Applications, of the kinds that Git uses, and is not wanted
  // under that very name; StatefulSets, for they own claims. What cells stand on is looked at
  // apart.
  Objects beside;
  // By whose addresses it is remembered.
  observe::ObjectTable live;
  std::shared_ptr<const WantedTogether> wanted;
};
using LeftOverInCells = Recent<LeftOver>;

// `live`: the cell's objects, without secrets.
std::shared_ptr<const LeftOver> left_over(const observe::ObjectTable& live,
                                          const std::shared_ptr<const WantedTogether>& wanted,
                                          const compare::ArgoSettings& settings,
                                          LeftOverInCells& known);

}  // namespace celldrift::cli
