// TypeWriter: OpenAPI schemas of a cell as the text that types are read from (schema_text.hpp).
//
// One way for all sources: what is fetched, cached, or kept in a snapshot is the same text, and so
// gives the same types. Structures that are the same are written once.
#pragma once

#include "celldrift/core/value.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace celldrift::kube {

// How the server keeps the objects that a schema describes.
enum class Storage {
  structural,  // custom resources: nothing but the schema decides
  go_structs,  // Kubernetes' own and aggregated APIs: zeros are dropped as Go's omitempty does
};

// How many values defaults may come to in one document: a list of n items with m defaults each has
// n * m. What is past it stays as it is stated.
struct DefaultBudget {
  std::size_t nodes = 1'000'000;
};

class TypeWriter {
 public:
  // `components`: components.schemas of a document, for $ref; null where there are none.
  TypeWriter(const Value& components, Storage storage)
      : components_(components), storage_(storage) {}

  // The API server prunes nothing of this kind (CRDs with spec.preserveUnknownFields).
  void keep_everything() { keeps_all_ = true; }

  void add_kind(std::string_view api_version, std::string_view kind, const Value& root);
  // The same, of a component.
  void add_component_kind(std::string_view api_version,
                          std::string_view kind,
                          std::string_view component);

  std::string text(std::string_view version) const;

 private:
  enum class Part { field, object };  // object: a whole one, with apiVersion, kind and metadata

  std::string expression(const Value& schema, int depth);
  std::string without_nullable(const Value& schema, int depth);
  std::string referred(std::string_view component, const Value& use, int depth);
  std::string object(const Value& schema, int depth, Part part);
  std::string structure(const Value& schema, int depth, Part part);
  std::string body(const Value& schema, std::string_view component, int depth, Part part);
  std::string field_line(std::string_view name,
                         const Value& schema,
                         std::string_view component,
                         int depth);
  std::string list(const Value& schema, int depth);
  void define(std::string_view component, const Value& schema, int depth);
  bool keeps_unknown(const Value& schema) const;

  const Value& components_;
  Storage storage_;
  bool keeps_all_ = false;
  std::map<std::string, std::string> kinds_;             // "apps/v1 Deployment" -> its type
  std::map<std::string, std::string> structures_;        // the line of a named one -> its fields
  std::unordered_map<std::string, std::string> bodies_;  // flags and fields -> "@12"
  std::string unnamed_;                                  // their text
  std::set<std::string, std::less<>> defined_;           // components
  DefaultBudget budget_;
};

// The default that the server puts for `schema`, with the defaults of what is inside it; nothing
// when it has none. (apiextensions-apiserver 1.35: schema/defaulting)
const Value* default_in(const Value& schema);
Value completed_default(const Value& value,
                        const Value& schema,
                        DefaultBudget& budget,
                        int depth = 0);

}  // namespace celldrift::kube
