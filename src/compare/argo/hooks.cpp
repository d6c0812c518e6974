// Which objects are hooks. (Argo CD 3.5: gitops-engine's pkg/sync/hook)

#include "celldrift/compare/match.hpp"
#include "celldrift/core/text.hpp"

namespace celldrift::compare {

bool is_hook(const Value& object) {
  const Value* annotations = object.find({"metadata", "annotations"});
  if (annotations == nullptr) {
    return false;
  }
  // Whatever it says: a type that Argo CD does not know makes the object one that it leaves alone,
  // and "Skip" one that it never applies.
  if (annotations->find("argocd.argoproj.io/hook") != nullptr) {
    return true;
  }
  // crd-install is an ordinary resource; every other hook, known or not, is never part of the
  // desired state.
  const Value* helm = annotations->find("helm.sh/hook");
  return helm != nullptr && !(helm->is_string() && helm->as_string() == "crd-install");
}

bool has_compare_option(const Value& object, std::string_view option) {
  for (const std::string_view part :
       split(object.string_at({"metadata", "annotations", "argocd.argoproj.io/compare-options"}),
             ',')) {
    if (trim(part) == option) {
      return true;
    }
  }
  return false;
}

}  // namespace celldrift::compare
