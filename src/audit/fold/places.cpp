#include "audit/fold/places.hpp"

namespace celldrift::audit {

void Places::add(const ObjectRef& object, const std::string& cell) {
  cells_of_[{object.kind, object.ns, object.name, object.api_version}].insert(cell);
}

std::vector<Place> Places::take() const {
  std::vector<Place> places;
  for (const auto& [key, cells] : cells_of_) {
    const auto& [kind, ns, name, api_version] = key;
    places.push_back({.object = {.api_version = api_version, .kind = kind, .ns = ns, .name = name},
                      .cells = {cells.begin(), cells.end()}});
  }
  return places;
}

std::vector<std::string> Places::cells() const {
  std::set<std::string> all;
  for (const auto& [key, cells] : cells_of_) {
    all.insert(cells.begin(), cells.end());
  }
  return {all.begin(), all.end()};
}

}  // namespace celldrift::audit
