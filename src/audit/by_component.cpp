#include "audit/by_component.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace celldrift::audit {
namespace {

const std::string& cell_of(const ComparedApplication* application) {
  return application->cell;
}

}  // namespace

std::vector<OfComponent> by_component(const std::vector<ComparedApplication>& applications) {
  std::unordered_map<std::string_view, std::size_t> places;
  std::vector<OfComponent> components;
  for (const ComparedApplication& application : applications) {
    const auto [place, is_new] = places.emplace(application.component, components.size());
    if (is_new) {
      components.push_back({.component = application.component, .applications = {}});
    }
    components[place->second].applications.push_back(&application);
  }
  for (OfComponent& one : components) {
    std::ranges::stable_sort(one.applications, {}, cell_of);
  }
  std::ranges::sort(components, {}, &OfComponent::component);
  return components;
}

bool is_one_in_each_cell(std::span<const ComparedApplication* const> applications) {
  return std::ranges::adjacent_find(applications, {}, cell_of) == applications.end();
}

bool share_objects(std::span<const ComparedApplication* const> applications) {
  return std::ranges::all_of(applications, [&](const ComparedApplication* each) {
    return each->objects.identity() == applications.front()->objects.identity() &&
           !each->objects.empty();
  });
}

}  // namespace celldrift::audit
