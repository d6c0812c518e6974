// Objects over cells.
#pragma once

#include "celldrift/audit/report.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace celldrift::audit {

// Collects which objects are meant in which cells.
class Places {
 public:
  void add(const ObjectRef& object, const std::string& cell);

  // Sorted by kind, namespace, name, API version.
  std::vector<Place> take() const;
  std::vector<std::string> cells() const;  // sorted

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, std::set<std::string>> cells_of_;
};

}  // namespace celldrift::audit
