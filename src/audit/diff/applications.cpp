// Applications that one of the cells has alone.
#include "audit/diff/parts.hpp"

#include <map>
#include <utility>

namespace celldrift::audit {
namespace {

void add_application(const Expected& expected, CellDiff& diff) {
  CellDifference difference{.kind = CellDifference::Kind::application,
                            .nature = CellDifference::Nature::declared,
                            .component = expected.component,
                            .object = {.api_version = "argoproj.io/v1alpha1",
                                       .kind = "Application",
                                       .ns = "",
                                       .name = expected.application},
                            .subject = "",
                            .path_text = "",
                            .left = {},
                            .right = {},
                            .drifted = {},
                            .reason = "Git wants it in " + expected.cell + " alone"};
  set_there(difference, diff, expected.cell);
  diff.differences.push_back(std::move(difference));
}

}  // namespace

void add_applications(const Input& input, CellDiff& diff) {
  std::map<std::string, std::map<std::string, const Expected*>> components;  // -> cell -> the first
  for (const Expected& expected : input.expected) {
    components[expected.component].emplace(expected.cell, &expected);
  }
  for (const auto& [component, in] : components) {
    for (const std::string& cell : {diff.left.name, diff.right.name}) {
      if (in.contains(cell) && !in.contains(other_cell(diff, cell))) {
        add_application(*in.at(cell), diff);
      }
    }
  }
}

}  // namespace celldrift::audit
