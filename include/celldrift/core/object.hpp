// Identity of Kubernetes objects.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>

namespace celldrift {

struct GroupKind {
  std::string group;  // "" is the core group
  std::string kind;

  auto operator<=>(const GroupKind&) const = default;
};

// An object's identity as Argo CD and the API server see it: the version is not part of it.
struct ObjectKey {
  std::string group;
  std::string kind;
  std::string ns;  // "" for cluster-scoped objects
  std::string name;

  GroupKind group_kind() const { return {group, kind}; }
  auto operator<=>(const ObjectKey&) const = default;
};

// "apps/Deployment backend/web"; the core group and an empty namespace are left out.
std::string describe(const ObjectKey& key);

// "apps/v1" -> "apps"; "v1" -> "".
std::string_view group_of(std::string_view api_version);
// "apps/v1" -> "v1"; "v1" -> "v1".
std::string_view version_of(std::string_view api_version);

// The identity of a manifest; missing fields are empty strings.
ObjectKey key_of(const Value& object);

enum class Scope { namespaced, cluster };

}  // namespace celldrift

template <>
struct std::hash<celldrift::ObjectKey> {
  std::size_t operator()(const celldrift::ObjectKey& key) const noexcept;
};
