// What the Applications of a cell want together, once for all cells in which they want the same.
#pragma once

#include "celldrift/observe/observe.hpp"
#include "cli/placed.hpp"
#include "cli/recent.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace celldrift::cli {

struct WantedTogether {
  Hash likeness;                     // the same just where they want the same, in this order
  observe::Wants wants;              // what is to be read for it
  std::set<ObjectKey> keys;          // under each that an object can be live under
  std::set<ObjectKey> stated;        // as they are stated
  bool some_twice = false;           // by several Applications
  std::vector<Value> definitions;    // the CustomResourceDefinitions
  std::set<std::string> namespaces;  // that the Applications go to
  std::set<std::string> with_pods;   // namespaces of objects that may have pods
  std::vector<PlacedObjects> lists;  // by whose addresses it is remembered
};
using WantedByCells = Recent<WantedTogether>;

// `next`: what is to be deployed, of which only `wants` tells. `wants` goes by these objects and
// the run's rules, and by nothing else.
std::shared_ptr<const WantedTogether> wanted_together(const std::vector<Placed>& placed,
                                                      const std::vector<Placed>& next,
                                                      const std::function<observe::Wants()>& wants,
                                                      WantedByCells& known);

}  // namespace celldrift::cli
