// The text that schemas are recorded in (tools/schema/record writes it), and what it is read into.
//
//   version v1.35.1
//   kind apps/v1 Deployment io.k8s.api.apps.v1.Deployment
//   type io.k8s.api.core.v1.ContainerPort [atomic]
//    protocol plain zero ="TCP"
//
// A field has its name, its type, `zero` where Field::zero_is_absent, and "=" with its default as
// JSON. A type is `unknown`, a scalar (`plain`, `quantity`, `int-or-string`, `time`, `bytes`), the
// name of a structure, or one of
//   [key,key]T   a keyed list of T     [set]T   a set     []T   an atomic list
//   {}T          a map of T            {atomic}T          the same, atomic
//   <granular>T  the structure T with another map kind
// Fields stand in the order of their bytes.
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
  std::string_view version;
  std::deque<Type> types;                               // the arena: addresses stay
  std::vector<Field> fields;                            // of all structures, one after the other
  std::unordered_map<std::string_view, Type*> by_name;  // structures and type expressions
  std::map<std::pair<std::string_view, std::string_view>, const Type*>
      by_kind;  // (apiVersion, kind)
};

// `text` must outlive the result. Throws Error(internal) for a text that is not of that form.
std::shared_ptr<const SchemaParts> read_schema(std::string_view text);

}  // namespace celldrift::kube
