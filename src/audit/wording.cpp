#include "audit/wording.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <span>

namespace celldrift::audit {
namespace {

constexpr std::size_t most_values = 4;
constexpr std::size_t most_of_a_value = 120;

}  // namespace

std::string cells_text(const std::vector<std::string>& cells) {
  return cells.size() <= 3 ? join(cells, ", ")
                           : join({cells[0], cells[1]}, ", ") + ", … (" +
                                 std::to_string(cells.size()) + " cells)";
}

std::string values_text(const std::vector<ValueGroup>& values) {
  const std::size_t shown = values.size() > most_values + 1 ? most_values : values.size();
  std::vector<std::string> parts;
  for (const ValueGroup& group : std::span(values).first(shown)) {
    parts.push_back((group.value.is_null() ? "nothing" : brief(group.value, most_of_a_value)) +
                    " in " + cells_text(group.cells));
  }
  if (shown < values.size()) {
    parts.push_back("… and " + std::to_string(values.size() - shown) + " more values");
  }
  return join(parts, ", ");
}

}  // namespace celldrift::audit
