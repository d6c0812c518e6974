// Schemas: for each field of a kind, how its lists merge, what type its scalars have, and whether
// its zero value is kept. What the server puts where nobody states anything is in defaults.hpp.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <string>
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

// What a scalar means, where it is more than its JSON value. The API server stores the text of a
// custom resource's date, duration or base64 as it was given: only what it means can be compared.
enum class ScalarKind {
  plain,
  integer,
  number,  // 1 and 1.0 are the same
  quantity,
  int_or_string,
  time,      // RFC 3339
  date,      // "2006-01-02"
  duration,  // "1h30m", as Go's time.ParseDuration or strfmt's ParseDuration reads it
  bytes      // base64
};

struct Type;
struct FieldRules;      // what the table of defaults says of a field
struct StructureRules;  // and of a structure; see defaults.hpp

// A field of a structure.
struct Field {
  std::string_view name = {};
  const Type* type = nullptr;  // never null once made
  // The server drops the field when it has its zero value (false, 0, "", [], {}): to state that is
  // to state nothing. Where this is false, a stated zero stays and its absence means something else
  // (automountServiceAccountToken).
  bool zero_is_absent = false;
  // What the schema says that the server puts there when nobody states it, whole: with the defaults
  // of the fields inside it. nullptr when nothing.
  const Value* default_value = nullptr;
  const FieldRules* rules = nullptr;  // nullptr when there are none
};

// A place in a table of fields by the hash of their names.
struct FieldSlot {
  Hash name = {};
  const Field* field = nullptr;  // nullptr: the slot is free
};

// One type: of an object, a structure in it, a list, an open map (labels) or a scalar. Immutable;
// its address is its identity within a Schema, and valid as long as the Schema is.
struct Type {
  std::string_view name = {};  // "io.k8s.api.core.v1.Container"; "" for types without one
  enum class Kind { unknown, structure, map, list, scalar } kind = Kind::unknown;

  std::span<const Field> fields = {};  // of a structure, sorted by name
  // The same by hash, of a power of two, some of them free; empty where only `fields` is there.
  std::span<const FieldSlot> by_hash = {};
  const StructureRules* rules = nullptr;  // of a structure; nullptr when there are none
  const Type* element = nullptr;          // of a list or an open map
  ListKind list_kind = ListKind::atomic;
  std::vector<std::string_view> list_keys = {};  // of a keyed list
  MapKind map_kind = MapKind::granular;          // of a structure or an open map
  ScalarKind scalar_kind = ScalarKind::plain;

  // A stated null is kept (custom resources). Where this is false the server drops it as if nobody
  // had stated it, and the default, if there is one, takes its place.
  bool nullable = false;
  // Fields that the type does not know stay as they are (x-kubernetes-preserve-unknown-fields).
  bool preserve_unknown = false;
  // A whole object is inside: it has apiVersion, kind and metadata. See Schema::inside.
  bool embedded = false;

  // True when the server drops a field of that name, whoever states it: it can never be live.
  bool drops(std::string_view field_name) const {
    return kind == Kind::structure && !preserve_unknown && find(field_name) == nullptr;
  }
  // The field of that name; nullptr when the structure does not have it. O(log fields).
  const Field* find(std::string_view field_name) const;
  // The same for a key of a map, whose hash is known. O(1).
  template <std::same_as<SharedString> Key>
  const Field* find(const Key& key) const {
    return by_hash.empty() ? find(key.view()) : find_by_hash(key.hash());
  }
  // Its type; the unknown type when the structure does not have it; the element of an open map.
  // Never null.
  const Type* field(std::string_view field_name) const;
  const Type* item() const;  // of a list or an open map; never null

 private:
  const Field* find_by_hash(const Hash& name_hash) const;
};

// Unknown types: structures are granular maps, lists are atomic, scalars plain.
const Type& unknown_type();

struct SchemaParts;

// A field of a custom resource that is of a type which its schema does not say. The steps of `path`
// go through lists by themselves; where the schema leaves a list open, "containers[]" says that it
// is one. `type` is the name of a structure, "quantity" or "duration".
struct KnownType {
  std::string group;
  std::string kind;
  std::string path;  // "spec.template.spec"
  std::string type;  // "io.k8s.api.core.v1.PodSpec"
};
// Those of well-known CRDs.
std::span<const KnownType> known_types();
// The `type` for what Argo CD calls "core/v1/PodSpec", "core/Quantity" and "meta/v1/Duration"
// (knownTypeFields, 3.5); "" for what it does not know.
std::string argo_type_name(std::string_view name);

// The types of a set of kinds, those of a cell or Kubernetes' own. Immutable and shared by threads
// once made; cheap to copy. Types live as long as a Schema that has them.
class Schema {
 public:
  // Kubernetes' own kinds, recorded from kube-apiserver (see builtin_version()). Read on first use;
  // lives forever.
  static const Schema& builtin();
  static std::string_view builtin_version();  // "v1.35.1"

  // Types that a cell's documents give; see openapi.hpp.
  using Parts = std::shared_ptr<const SchemaParts>;
  // A cell's own kinds, of which the first that is told counts, and Kubernetes' own behind them.
  static Schema of_cell(std::vector<Parts> own, std::string kubernetes_version);
  // The same with more of them, before the others.
  Schema with(std::vector<Parts> own) const;
  // What `own` was made from, less what with_known_types added: parts_of_text gives it back.
  std::vector<std::string_view> texts() const;
  // Whether that very version of a kind is known.
  bool knows(std::string_view api_version, std::string_view kind) const;

  // The Kubernetes version that the types are of: the cell's, else builtin_version().
  std::string_view version() const;

  // The type of a kind at a version; the unknown type for kinds that are not known. Another version
  // of a built-in kind stands in for one that is not there.
  const Type& type_of(std::string_view api_version, std::string_view kind) const;
  // The type to read `value` by, where `type` is declared: of an embedded object whose fields the
  // type leaves open, that of its own kind when it is known; else `type` itself.
  const Type& inside(const Type& type, const Value& value) const;
  // The same with some fields typed; where the schema has no such field, nothing changes.
  Schema with_known_types(std::span<const KnownType> known) const;

  // The type of that name ("io.k8s.api.core.v1.PodSpec"); nullptr when there is none.
  const Type* named(std::string_view type_name) const;

 private:
  explicit Schema(std::vector<Parts> parts, std::string version = "")
      : parts_(std::move(parts)), version_(std::move(version)) {}

  std::vector<Parts> parts_;  // the first that knows a kind wins; Kubernetes' own are the last
  std::string version_;
};

}  // namespace celldrift::kube
