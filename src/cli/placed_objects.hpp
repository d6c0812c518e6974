// What one Application wants in a cell, for all Applications of all cells that want the same.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/scope.hpp"
#include "celldrift/core/shared_list.hpp"
#include "celldrift/render/render.hpp"
#include "cli/recent.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace celldrift::cli {

// Sorted by key, but for the managed Namespace, which is the last.
using PlacedObjects = SharedList<std::pair<ObjectKey, Value>>;

// The objects as `change` gives them; the same list where they are as they were.
PlacedObjects changed(const PlacedObjects& objects,
                      const std::function<Value(const ObjectKey&, const Value&)>& change);

// What is placed in the cells of a fleet, each list once. Which list it is tells what is in it, for
// as long as somebody holds it. Thread-safe.
class Placements {
 public:
  struct Placement {
    PlacedObjects objects;
    // Of them, the Namespace that only managedNamespaceMetadata states.
    std::optional<ObjectKey> managed_namespace = {};
    std::vector<Problem> warnings = {};
  };
  using Sources = std::vector<std::shared_ptr<const render::Manifests>>;

  // render::place(), with the managed Namespace. Scopes are told apart by their address. Throws as
  // place() does.
  Placement place(const Sources& sources,
                  const fleet::Application& application,
                  const std::shared_ptr<const ScopeTable>& scopes);

  // Built-in kinds, then CRDs that Git brings (they may not be there yet), then what the cell
  // itself serves, which wins. Equal ones are the same.
  std::shared_ptr<const ScopeTable> scopes(const std::vector<const Sources*>& sources,
                                           const ScopeTable& served);

  // The objects of these kinds. `kinds`: all that decides which they are, but the list itself.
  PlacedObjects only(const PlacedObjects& objects,
                     const Hash& kinds,
                     const std::function<bool(const GroupKind&)>& is_one);

 private:
  // Each with what its likeness tells by address.
  struct Placed {
    Placement placement;
    Sources sources;
    std::shared_ptr<const ScopeTable> scopes;
  };
  struct Scopes {
    std::shared_ptr<const ScopeTable> table;
    std::vector<Sources> sources;
  };
  struct Part {
    PlacedObjects of;
    PlacedObjects objects;
  };

  Recent<Placed> placed_{20'000};
  Recent<Scopes> scopes_{16};
  Recent<ScopeTable> tables_{16};  // by what is in them
  Recent<Part> parts_{20'000};
};

}  // namespace celldrift::cli
