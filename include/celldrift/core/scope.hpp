// Which kinds live in a namespace and which in the whole cluster.
#pragma once

#include "celldrift/core/object.hpp"

#include <map>
#include <optional>
#include <span>

namespace celldrift {

class ScopeTable {
 public:
  // The kinds that Kubernetes itself serves (1.33 to 1.35), without asking a cell.
  static const ScopeTable& builtin();

  void set(GroupKind kind, Scope scope);
  // Adds what the CustomResourceDefinitions among `objects` declare.
  void add_definitions(std::span<const Value> objects);
  // Adds everything of `other`, which wins.
  void add(const ScopeTable& other);

  // Nothing when the kind is unknown.
  std::optional<Scope> find(const GroupKind& kind) const;
  // As Argo CD 3.5: an unknown kind counts as namespaced.
  Scope scope_of(const GroupKind& kind) const { return find(kind).value_or(Scope::namespaced); }

  const std::map<GroupKind, Scope>& kinds() const { return kinds_; }

 private:
  std::map<GroupKind, Scope> kinds_;
};

}  // namespace celldrift
