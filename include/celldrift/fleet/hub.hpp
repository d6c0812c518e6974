// The hub: the cluster that Argo CD runs in, and what celldrift reads of Argo CD's namespace there.
#pragma once

#include "celldrift/fleet/inputs.hpp"
#include "celldrift/kube/api.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

struct Hub {
  kube::Api& api;
  std::string name;                           // for messages: "context prod-hub"
  std::string ns;                             // Argo CD's namespace: "argocd"
  std::chrono::milliseconds timeout{60'000};  // for each question
};

// The cluster Secrets, and the ConfigMap argocd-cm where there is one: what cells_from_secrets
// reads. Throws an Error that names the hub, what was asked for and, where access was refused, the
// right that is missing.
std::vector<Value> read_cluster_secrets(const Hub& hub);

// ConfigMaps and resources as the hub has them now; each is asked for once. Thread-safe. The hub
// must outlive it.
std::unique_ptr<ArgoObjects> live_objects(Hub hub);

}  // namespace celldrift::fleet
