#include "audit/parity/value_groups.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace celldrift::audit {
namespace {

using Members = std::vector<const Entry*>;

Value value_of(const Members& members) {
  const Value* first = members.front()->stand.live;
  if (first == nullptr) {
    return {};
  }
  const bool is_one = std::ranges::all_of(
      members, [&](const Entry* entry) { return *entry->stand.live == *first; });
  return is_one ? *first : members.front()->variant->abstracted(*first);
}

ValueGroup group_with(const Members& members) {
  ValueGroup group{.value = value_of(members), .cells = {}};
  for (const Entry* entry : members) {
    const auto& cells = entry->variant->cells();
    group.cells.insert(group.cells.end(), cells.begin(), cells.end());
  }
  std::ranges::sort(group.cells);
  return group;
}

// Texts of values are made once for each, not for each comparison.
void sort_groups(std::vector<std::pair<std::string, ValueGroup>>& groups) {
  std::ranges::sort(groups, [](const auto& a, const auto& b) {
    const std::size_t left = a.second.cells.size();
    const std::size_t right = b.second.cells.size();
    return left != right ? left > right : a.first < b.first;
  });
}

}  // namespace

std::vector<ValueGroup> value_groups(const Entries& entries) {
  std::map<std::size_t, Members> members;
  for (const Entry& entry : entries) {
    members[entry.group].push_back(&entry);
  }
  std::vector<std::pair<std::string, ValueGroup>> groups;
  for (const auto& [number, each] : members) {
    ValueGroup group = group_with(each);
    std::string text = group.value.is_null() ? "" : yaml::canonical_json(group.value);
    groups.emplace_back(std::move(text), std::move(group));
  }
  sort_groups(groups);
  std::vector<ValueGroup> result;
  for (auto& [text, group] : groups) {
    result.push_back(std::move(group));
  }
  return result;
}

}  // namespace celldrift::audit
