// All that a live object tells of who wrote it, read when it is first asked for: most objects are
// what Git wants, and nobody asks.
#pragma once

#include "compare/ownership/owned_node.hpp"
#include "compare/walk/crumb.hpp"

#include <optional>

namespace celldrift::compare {

// Not for several threads. Points into the live Value, which must outlive it.
class Record {
 public:
  Record(const Value& live, const Managers& managers) : live_(live), managers_(managers) {}

  OwnedNode at(const Crumb& crumb);
  // What kubectl apply (or Argo CD) last stated there; nullptr when it stated nothing.
  const Value* last_applied(const Crumb& crumb);

 private:
  const Value& live_;
  const Managers& managers_;
  std::optional<Ownership> ownership_;
  std::optional<Value> last_applied_;  // null when there is none, or when it is unreadable
};

}  // namespace celldrift::compare
