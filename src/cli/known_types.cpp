#include "cli/known_types.hpp"

namespace celldrift::cli {

std::vector<kube::KnownType> known_types_of(const compare::ArgoSettings& settings) {
  std::vector<kube::KnownType> types;
  for (const compare::KnownTypeField& known : settings.known_types) {
    std::string type = kube::argo_type_name(known.type);
    if (!type.empty()) {
      types.push_back({known.kind.group, known.kind.kind, known.field, std::move(type)});
    }
  }
  return types;
}

}  // namespace celldrift::cli
