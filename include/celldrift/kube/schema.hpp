// Schemas: for each field of a kind, how its lists merge, what type its scalars have, and what the server puts
// there when nobody states it.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::kube {

// How the items of a list, or the fields of a map, are told apart (Kubernetes: x-kubernetes-list-type, -map-type).
enum class ListKind { atomic, set, keyed };
enum class MapKind { granular, atomic };

// What a scalar means, where it is more than its JSON value.
enum class ScalarKind { plain, quantity, int_or_string, time, bytes };

// One type: of an object, a struct in it, a list, an open map (labels) or a scalar.
struct Type {
  std::string name;  // "io.k8s.api.core.v1.Container"; "" for types without one
  enum class Kind { unknown, structure, map, list, scalar } kind = Kind::unknown;

  std::map<std::string, const Type*, std::less<>> fields;  // of a structure
  const Type* element = nullptr;                           // of a list or an open map
  ListKind list_kind = ListKind::atomic;
  std::vector<std::string> list_keys;  // of a keyed list
  MapKind map_kind = MapKind::granular;
  ScalarKind scalar_kind = ScalarKind::plain;

  // The type of a field; the unknown type when the structure does not have it. Never null.
  const Type* field(std::string_view name) const;
  const Type* item() const;  // of a list or an open map; never null
};

// Unknown types: structures are granular maps, lists are atomic, scalars plain.
const Type& unknown_type();

// The types of a set of kinds. Immutable and shared by threads once made.
class Schema {
 public:
  // Kubernetes' own kinds, recorded from kube-apiserver (see builtin_version()). Read on first use.
  static const Schema& builtin();
  static std::string_view builtin_version();  // "v1.35.1"

  // The type of a kind at a version; the unknown type for kinds that are not known. Another version of the same
  // group and kind stands in for one that is not there.
  const Type& type_of(std::string_view api_version, std::string_view kind) const;

 private:
  struct Parts;
  explicit Schema(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const Parts> parts_;
};

}  // namespace celldrift::kube
