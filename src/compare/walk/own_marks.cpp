#include "compare/walk/own_marks.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

struct OwnMark {
  std::string_view map;  // "labels" or "annotations"
  std::string_view key;
};

constexpr OwnMark own_marks[] = {
    {"annotations", "argocd.argoproj.io/tracking-id"},
    {"annotations", "argocd.argoproj.io/installation-id"},
    // What kubectl apply and Argo CD last stated: evidence of what was stated, itself never stated.
    {"annotations", "kubectl.kubernetes.io/last-applied-configuration"},
    // The API server counts the changes of a DaemonSet's template there, whatever is stated; who
    // makes the DaemonSet owns it.
    {"annotations", "deprecated.daemonset.template.generation"},
    {"labels", "kustomize.toolkit.fluxcd.io/name"},
    {"labels", "kustomize.toolkit.fluxcd.io/namespace"},
    {"labels", "helm.toolkit.fluxcd.io/name"},
    {"labels", "helm.toolkit.fluxcd.io/namespace"},
};

// True for the labels or annotations of the object itself, not of a template in it.
bool is_own_metadata(const kube::Place& map, std::string_view name) {
  return map.field == name && map.parent != nullptr && map.parent->field == "metadata" &&
         map.parent->parent != nullptr && map.parent->parent->parent == nullptr;
}

}  // namespace

bool is_own_mark(const kube::Place& map, std::string_view key) {
  if (map.field != "labels" && map.field != "annotations") {
    return false;
  }
  return std::ranges::any_of(own_marks, [&](const OwnMark& mark) {
    return mark.key == key && is_own_metadata(map, mark.map);
  });
}

bool is_instance_label(const kube::Place& map, std::string_view key, std::string_view label) {
  return key == label && is_own_metadata(map, "labels");
}

}  // namespace celldrift::compare
