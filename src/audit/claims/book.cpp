#include "audit/claims/claims.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

template <class Items, class Key>
auto places(const Items& items, Key key) {
  std::map<std::pair<std::string, std::string>, std::size_t> result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    result.emplace(key(items[i]), i);
  }
  return result;
}

template <class Item>
const Item* at(const std::vector<Item>& items,
               const std::map<std::pair<std::string, std::string>, std::size_t>& places,
               const std::pair<std::string, std::string>& key) {
  const auto found = places.find(key);
  return found == places.end() ? nullptr : &items[found->second];
}

}  // namespace

ClaimBook::ClaimBook(const Input& input, const ToolClaims& tools)
    : input_(input),
      tools_(tools),
      expected_(
          places(tools.applications,
                 [](const GitApplication& one) { return std::pair(one.ns, one.application); })),
      compared_(places(
          input.applications,
          [](const ComparedApplication& one) { return std::pair(one.cell, one.application); })),
      proved_(places(input.proved,
                     [](const Proved& one) { return std::pair(one.cell, one.application); })) {
  for (const ExpectedSet& set : tools.sets) {
    sets_.emplace(std::pair(set.ns, set.name), set.mark);
  }
  find_homes();
}

const GitApplication* ClaimBook::expected(const ToolApplication& application) const {
  return application.application.empty()
             ? nullptr
             : at(tools_.applications, expected_, {application.object.ns, application.object.name});
}

const ComparedApplication* ClaimBook::compared(const ToolApplication& application) const {
  return application.application.empty()
             ? nullptr
             : at(input_.applications, compared_, {application.cell, application.application});
}

const Proved* ClaimBook::proved(const ToolApplication& application) const {
  return application.application.empty()
             ? nullptr
             : at(input_.proved, proved_, {application.cell, application.application});
}

bool ClaimBook::is_our_set(const std::string& ns, const std::string& name) const {
  return sets_.contains({ns, name});
}

void ClaimBook::find_homes() {
  const auto has_ours = [&](const ToolState& tool) {
    return std::ranges::any_of(tool.applications,
                               [](const auto& each) { return !each.application.empty(); }) ||
           std::ranges::any_of(tool.sets, [&](const Value& set) {
             return is_our_set(std::string(set.string_at({"metadata", "namespace"})),
                               std::string(set.string_at({"metadata", "name"})));
           });
  };
  const bool has_hub = std::ranges::any_of(tools_.states, &ToolState::is_hub);
  const bool is_known = has_hub || std::ranges::any_of(tools_.states, has_ours);
  for (const ToolState& tool : tools_.states) {
    if (is_known && (tool.is_hub || !has_hub)) {
      homes_.push_back(&tool);
    }
  }
}

bool ClaimBook::is_read(const std::string& ns, bool ToolState::* what) const {
  return !homes_.empty() && std::ranges::all_of(homes_, [&](const ToolState* tool) {
    return tool->unread.empty() && (!tool->namespaces || tool->namespaces->contains(ns));
  }) && std::ranges::any_of(homes_, [&](const ToolState* tool) { return tool->*what; });
}

}  // namespace celldrift::audit
