#include "compare/managers.hpp"

#include "celldrift/core/text.hpp"

namespace celldrift::compare {
namespace {

struct Row {
  std::string_view pattern;
  ManagerClass kind;
};

// The first row that matches decides.
constexpr Row rows[] = {
    // Who applies Git.
    {"argocd-controller", ManagerClass::applier},
    {"argocd-application-controller", ManagerClass::applier},
    {"kustomize-controller", ManagerClass::applier},
    {"helm-controller", ManagerClass::applier},
    {"kubectl-client-side-apply", ManagerClass::applier},
    {"kubectl",
     ManagerClass::applier},  // `kubectl apply --server-side`; see Ownership for `kubectl scale`
    {"before-first-apply",
     ManagerClass::applier},  // the API server's name for "whoever wrote before"
    // Hands whose names look like a controller's.
    {"kubectl-*", ManagerClass::hand},
    {"helm", ManagerClass::hand},
    // Kubernetes itself.
    {"kube-apiserver", ManagerClass::controller},
    {"kube-controller-manager", ManagerClass::controller},
    {"cloud-controller-manager", ManagerClass::controller},
    {"kube-scheduler", ManagerClass::controller},
    {"kubelet", ManagerClass::controller},
    {"kube-proxy", ManagerClass::controller},
    {"k3s", ManagerClass::controller},
    {"clusterrole-aggregation-controller", ManagerClass::controller},
    {"horizontal-pod-autoscaler", ManagerClass::controller},
    {"vpa-*", ManagerClass::controller},
    {"keda*", ManagerClass::controller},
    {"cainjector", ManagerClass::controller},
    {"cert-manager*", ManagerClass::controller},
    {"cilium*", ManagerClass::controller},
    {"pilot-discovery", ManagerClass::controller},
    {"kyverno*", ManagerClass::controller},
    {"rollouts-controller", ManagerClass::controller},
    {"external-secrets*", ManagerClass::controller},
    {"sealed-secrets*", ManagerClass::controller},
    {"controller", ManagerClass::controller},
    {"manager", ManagerClass::controller},  // kubebuilder's default binary name
    {"*-controller", ManagerClass::controller},
    {"*-controller-manager", ManagerClass::controller},
    {"*-operator", ManagerClass::controller},
};

}  // namespace

ManagerClass classify(std::string_view manager) {
  for (const Row& row : rows) {
    if (glob_match(row.pattern, manager)) {
      return row.kind;
    }
  }
  return ManagerClass::hand;
}

}  // namespace celldrift::compare
