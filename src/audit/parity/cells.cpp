#include "audit/parity/cells.hpp"

#include "audit/parity/parameters.hpp"

#include <algorithm>

namespace celldrift::audit {

Cells::Cells(const Input& input) : input_(input) {
  std::vector<Parameters> parameters;
  for (const KnownCell& known : input.known) {
    CellSummary least;
    least.name = known.name;
    const CellSummary* found = summary(known.name);
    parameters.push_back(parameters_of(found == nullptr ? least : *found, &known));
  }
  abstraction_ = Abstraction(parameters);
}

const CellSummary* Cells::summary(const std::string& name) const {
  const auto found = std::ranges::find(input_.cells, name, &CellSummary::name);
  return found == input_.cells.end() ? nullptr : &*found;
}

std::string Cells::kubernetes_version(std::size_t cell) const {
  const CellSummary* found = summary(all()[cell].name);
  return found == nullptr ? "" : found->kubernetes_version;
}

}  // namespace celldrift::audit
