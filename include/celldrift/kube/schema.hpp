// Schemas: for each field of a kind, how its lists merge, what type its scalars have, and whether
// its zero value is kept. What the server puts where nobody states anything is in defaults.hpp.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::kube {

// How the items of a list are told apart, as in server-side apply. The order of a keyed list or a
// set means nothing to the API server (with few exceptions outside it: $(VAR) in env, init
// containers).
enum class ListKind { atomic, set, keyed };
// Whether the fields of a map or structure have owners of their own (Kubernetes:
// x-kubernetes-map-type).
enum class MapKind { granular, atomic };

// What a scalar means, where it is more than its JSON value.
enum class ScalarKind { plain, quantity, int_or_string, time, bytes };

struct Type;

// A field of a structure.
struct Field {
  std::string_view name = {};
  const Type* type = nullptr;  // never null once made
  // The server drops the field when it has its zero value (false, 0, "", [], {}): to state that is
  // to state nothing. Where this is false, a stated zero stays and its absence means something else
  // (automountServiceAccountToken).
  bool zero_is_absent = false;
  // What OpenAPI says that the server always has there, as JSON; "" when nothing.
  std::string_view default_json = {};
};

// One type: of an object, a structure in it, a list, an open map (labels) or a scalar. Immutable;
// its address is its identity within a Schema, and valid as long as the Schema is.
struct Type {
  std::string_view name = {};  // "io.k8s.api.core.v1.Container"; "" for types without one
  enum class Kind { unknown, structure, map, list, scalar } kind = Kind::unknown;

  std::span<const Field> fields = {};  // of a structure, sorted by name
  const Type* element = nullptr;       // of a list or an open map
  ListKind list_kind = ListKind::atomic;
  std::vector<std::string_view> list_keys = {};  // of a keyed list
  MapKind map_kind = MapKind::granular;          // of a structure or an open map
  ScalarKind scalar_kind = ScalarKind::plain;

  // The field of that name; nullptr when the structure does not have it. O(log fields).
  const Field* find(std::string_view field_name) const;
  // Its type; the unknown type when the structure does not have it; the element of an open map.
  // Never null.
  const Type* field(std::string_view field_name) const;
  const Type* item() const;  // of a list or an open map; never null
};

// Unknown types: structures are granular maps, lists are atomic, scalars plain.
const Type& unknown_type();

struct SchemaParts;

// The types of a set of kinds. Immutable and shared by threads once made.
class Schema {
 public:
  // Kubernetes' own kinds, recorded from kube-apiserver (see builtin_version()). Read on first use;
  // lives forever.
  static const Schema& builtin();
  static std::string_view builtin_version();  // "v1.35.1"

  // The type of a kind at a version; the unknown type for kinds that are not known. Another version
  // of the same group and kind stands in for one that is not there.
  const Type& type_of(std::string_view api_version, std::string_view kind) const;
  // The type of that name ("io.k8s.api.core.v1.PodSpec"); nullptr when there is none.
  const Type* named(std::string_view type_name) const;

 private:
  explicit Schema(std::shared_ptr<const SchemaParts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const SchemaParts> parts_;
};

}  // namespace celldrift::kube
