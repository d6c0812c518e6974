#include "compare/walk/field_type.hpp"

namespace celldrift::compare {

const kube::Type& field_type(const kube::Place& place,
                             std::string_view name,
                             const kube::Field* field,
                             const Value& value,
                             const kube::Schema& schema) {
  if (place.parent == nullptr && name == "metadata") {
    static const kube::Type* const metadata =
        kube::Schema::builtin().named("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    return metadata != nullptr ? *metadata : *place.type.field(name);
  }
  const bool is_map = place.type.kind == kube::Type::Kind::map;
  const kube::Type& type = field != nullptr ? *field->type
                           : is_map         ? *place.type.item()
                                            : kube::unknown_type();
  return type.embedded ? schema.inside(type, value) : type;
}

}  // namespace celldrift::compare
