#include "semver/range.hpp"

#include "semver/scan.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::semver {
namespace {

struct Range {
  std::string_view whole;  // with the blanks around it
  std::string_view low;
  std::string_view high;
};

// The range that starts exactly at the start of `text`: \s*V\s+-\s+V\s*.
std::optional<Range> range_at(std::string_view text) {
  auto position = count_spaces(text);
  const auto low =
      text.substr(position, scan(text.substr(position), NumberPart::digits_or_wildcards).length);
  position += low.size();
  const auto before = count_spaces(text.substr(position));
  position += before;
  if (low.empty() || before == 0 || !text.substr(position).starts_with('-')) {
    return std::nullopt;
  }
  ++position;
  const auto after = count_spaces(text.substr(position));
  position += after;
  const auto high =
      text.substr(position, scan(text.substr(position), NumberPart::digits_or_wildcards).length);
  if (after == 0 || high.empty()) {
    return std::nullopt;
  }
  position += high.size();
  position += count_spaces(text.substr(position));
  return Range{text.substr(0, position), low, high};
}

}  // namespace

std::string rewrite_ranges(std::string_view text) {
  std::string result(text);
  while (!text.empty()) {
    const auto range = range_at(text);
    if (!range) {
      // Blanks that no range follows need no second look from each of them.
      text.remove_prefix(std::max<std::size_t>(1, count_spaces(text)));
      continue;
    }
    // The first such text, which may stand within an earlier one: as in the library.
    result.replace(result.find(range->whole),
                   range->whole.size(),
                   ">= " + std::string(range->low) + ", <= " + std::string(range->high) + " ");
    text.remove_prefix(range->whole.size());
  }
  return result;
}

}  // namespace celldrift::semver
