// The text that schemas are recorded, cached and kept in snapshots in. tools/schema/record writes
// that of Kubernetes' own kinds, src/kube/openapi/ that of a cell's.
//
//   version v1.35.1
//   kind apps/v1 Deployment io.k8s.api.apps.v1.Deployment
//   type io.k8s.api.core.v1.ContainerPort [atomic] [kept] [object]
//    protocol plain zero ="TCP"
//
// A structure is `kept` when fields that it does not know stay, an `object` when it is a whole one
// inside another. A field has its name, its type, `zero` where Field::zero_is_absent, and "=" with
// its default as JSON. A type is `unknown`, `kept` (unknown, and what is in it stays), a scalar
// (see `scalars` in schema_text.cpp), the name of a structure (it has a "." or an "@"), or one of
//   [key,key]T   a keyed list of T     [set]T   a set     []T   an atomic list
//   {}T          a map of T            {atomic}T          the same, atomic
//   <granular>T  the structure T with another map kind
//   ?T           T, nullable
// Fields stand in the order of their bytes. In names, "%" and what would end them stand as %XX.
#pragma once

#include "celldrift/kube/schema.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace celldrift::kube {

struct SchemaParts {
  std::string text;  // what the views below look into, unless that lives longer by itself
  std::string_view version;
  std::deque<Type> types;                               // the arena: addresses stay
  std::deque<Value> defaults;                           // each distinct one once
  std::deque<std::string> names;                        // those that were escaped
  std::deque<std::vector<Field>> retyped;               // of structures with known types in them
  std::vector<Field> fields;                            // of all structures, one after the other
  std::deque<std::vector<FieldSlot>> indices;           // of structures
  std::unordered_map<std::string_view, Type*> by_name;  // structures and type expressions
  std::map<std::pair<std::string_view, std::string_view>, const Type*>
      by_kind;  // (apiVersion, kind)
};

// Kubernetes' own kinds: `text` must outlive the result, and every structure must be in it. Throws
// Error(internal) for a text that is not of that form.
std::shared_ptr<const SchemaParts> read_schema(std::string_view text);

// Part of a cell's kinds. Structures that `text` only names are Kubernetes' own, or unknown where
// there are none. Throws as read_schema does, whatever the text is.
std::shared_ptr<const SchemaParts> read_cell_schema(std::string text);

}  // namespace celldrift::kube
