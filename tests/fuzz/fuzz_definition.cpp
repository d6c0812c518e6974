// Any document is a CustomResourceDefinition or none; by the types and defaults that it gives,
// objects of its kind compare, and each equals itself. The documents are the definition, the
// desired and the live object.

#include "celldrift/compare/compare.hpp"
#include "celldrift/kube/openapi.hpp"
#include "documents.hpp"
#include "types.hpp"

#include <string>

using namespace celldrift;

namespace {

// The types of every version that the definition has.
kube::Schema schema_of(const Value& definition) {
  const auto text = kube::definition_text(definition);
  const auto schema = kube::Schema::of_cell({kube::parts_of_text(text)}, "v1.35.0");
  fuzz::must(schema.texts().size() == 1 && schema.texts()[0] == text);
  const std::string group(definition.string_at({"spec", "group"}));
  const auto kind = definition.string_at({"spec", "names", "kind"});
  if (const Value* versions = definition.find({"spec", "versions"});
      versions != nullptr && versions->is_list()) {
    for (const Value& version : versions->items()) {
      fuzz::walk_types(
          schema.type_of(group + "/" + std::string(version.string_at({"name"})), kind));
    }
  }
  return schema;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto documents = fuzz::documents_of(data, size);
  if (documents.empty()) {
    return 0;
  }
  const kube::Schema schema = schema_of(documents[0]);
  if (documents.size() < 3 || !documents[1].is_map() || !documents[2].is_map()) {
    return 0;
  }
  const compare::Context context{.schema = schema};
  (void)compare::diff(documents[1], documents[2], "app", context);
  fuzz::must(compare::diff(documents[1], documents[1], "app", context).empty());
  return 0;
}
