// How the objects of Applications stand, worked out once for Applications of all cells that are
// alike in all that it hangs on.
#pragma once

#include "celldrift/compare/object_results.hpp"
#include "celldrift/observe/observe.hpp"
#include "cli/placed.hpp"
#include "cli/recent.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

// What comparisons in a cell hang on, beside the Application and its own live objects.
struct CellLikeness {
  CellLikeness(const observe::Observation& observation, compare::Explain explain);

  Hash always;  // the types of its kinds, and what it serves
  Hash others;  // all other objects that it has, and what could be read
  observe::ObjectTable objects;
};

// One Application in a cell.
struct ToCompare {
  const Placed& placed;
  std::string name;  // what Argo CD calls it in one word
  Value spec;
  const compare::LiveView& view;
  const compare::Context& context;
  const CellLikeness& cell;
};

// Of contexts with the same settings, managers and rights. Thread-safe.
class Comparisons {
 public:
  // compare::compare_desired(), less what a managed Namespace leaves to others.
  compare::ObjectResults compare(const ToCompare& application);

 private:
  enum class HangsOn { nothing_else, name, others };
  // With what its likeness tells by address.
  struct Compared {
    HangsOn hangs_on = HangsOn::nothing_else;
    compare::ObjectResults results = {};  // where it hangs on nothing else
    PlacedObjects desired;
    std::vector<Value> live;
    observe::ObjectTable objects = {};  // where it did hang on others
  };
  using Live = std::vector<const Value*>;

  static Live live_objects(const ToCompare& application);
  static Hash likeness(const ToCompare& application, const Live& live);
  static Hash with(HangsOn what, const Hash& likeness, const ToCompare& application);
  compare::ObjectResults remembered(const Hash& likeness,
                                    const ToCompare& application,
                                    const Live& live,
                                    std::vector<compare::ObjectResult> results);

  Recent<Compared> compared_{40'000};
};

}  // namespace celldrift::cli
