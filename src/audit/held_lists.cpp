#include "audit/held_lists.hpp"

#include <unordered_map>

namespace celldrift::audit {

std::vector<HeldList> held_lists(const std::vector<ComparedApplication>& applications) {
  std::unordered_map<const void*, std::size_t> places;
  std::vector<HeldList> lists;
  for (const ComparedApplication& application : applications) {
    const auto [place, is_new] = places.emplace(application.objects.identity(), lists.size());
    if (is_new) {
      lists.push_back({.objects = application.objects, .holders = {}});
    }
    lists[place->second].holders.push_back(&application);
  }
  return lists;
}

}  // namespace celldrift::audit
