#include "fleet/declared/resource_names.hpp"

#include "celldrift/core/text.hpp"

namespace celldrift::fleet {

std::string guessed_plural(std::string_view kind) {
  const std::string singular = lower(kind);
  if (singular.empty() || singular == "endpoints") {
    return singular;  // the one that is its own plural
  }
  if (singular.ends_with("s")) {
    return singular + "es";
  }
  if (singular.ends_with("y")) {
    return singular.substr(0, singular.size() - 1) + "ies";
  }
  return singular + "s";
}

std::string defined_kind(const Value& document, std::string_view group, std::string_view resource) {
  const bool is_definition =
      document.string_at({"kind"}) == "CustomResourceDefinition" &&
      document.string_at({"apiVersion"}).starts_with("apiextensions.k8s.io/");
  const bool is_its = document.string_at({"spec", "group"}) == group &&
                      document.string_at({"spec", "names", "plural"}) == resource;
  return is_definition && is_its ? std::string(document.string_at({"spec", "names", "kind"})) : "";
}

}  // namespace celldrift::fleet
