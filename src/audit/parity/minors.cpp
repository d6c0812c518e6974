#include "audit/parity/minors.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {

std::string minor_of(std::string_view version) {
  version.remove_prefix(version.starts_with('v') ? 1 : 0);
  const std::vector<std::string_view> parts = split(version, '.');
  return parts.size() < 2 ? "" : std::string(parts[0]) + "." + std::string(parts[1]);
}

std::string telling_minors(const std::vector<std::pair<std::string, std::size_t>>& groups) {
  std::map<std::string, std::set<std::size_t>> by_minor;
  for (const auto& [minor, group] : groups) {
    by_minor[minor].insert(group);
  }
  const bool tells =
      by_minor.size() > 1 && !by_minor.contains("") &&
      std::ranges::all_of(by_minor, [](const auto& each) { return each.second.size() == 1; });
  std::vector<std::string> names;
  for (const auto& [minor, of_minor] : by_minor) {
    names.push_back(minor);
  }
  return tells ? join(names, " and ") : "";
}

}  // namespace celldrift::audit
