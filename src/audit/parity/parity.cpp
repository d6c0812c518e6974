#include "audit/parity/parity.hpp"

#include "celldrift/audit/parity.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::audit {

std::vector<std::string> out_of_line(const std::vector<ValueGroup>& values) {
  const auto is_fleets = [&](const ValueGroup& group) {
    return group.value.is_null() && group.cells.size() == values.front().cells.size();
  };
  auto fleet = std::ranges::find_if(values, is_fleets);
  fleet = fleet == values.end() ? values.begin() : fleet;
  std::vector<std::string> cells;
  for (auto group = values.begin(); group != values.end(); ++group) {
    if (group != fleet) {
      cells.insert(cells.end(), group->cells.begin(), group->cells.end());
    }
  }
  std::ranges::sort(cells);
  return cells;
}

std::vector<Finding> parity(const Input& input) {
  std::vector<Finding> findings = field_parity(input);
  std::ranges::move(object_parity(input), std::back_inserter(findings));
  std::ranges::move(application_parity(input), std::back_inserter(findings));
  return findings;
}

}  // namespace celldrift::audit
