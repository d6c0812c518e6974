// The cluster that Argo CD runs in, as --hub-context names it.
#pragma once

#include "celldrift/fleet/hub.hpp"
#include "celldrift/kube/api.hpp"
#include "cli/options.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace celldrift::cli {

// The context "in-cluster", where the kubeconfig has none of that name, is the cluster that the
// process runs in. Error(config) for a context that is not there.
kube::Connection hub_connection(const FleetOptions& options);

// Its API server, found and connected to when it is first asked for: a hub that nobody needs may be
// unreachable. Thread-safe.
class HubConnection {
 public:
  explicit HubConnection(const Options& options);

  // Error(config) as hub_connection().
  const kube::Connection& connection();
  // With --offline an Error(usage) that says so.
  fleet::Hub hub();

 private:
  const FleetOptions options_;
  const bool offline_;
  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::optional<kube::Connection> connection_;
  std::unique_ptr<kube::Client> client_;
  std::unique_ptr<kube::Api> api_;
};

// ConfigMaps and resources of the hub's Argo CD namespace.
std::unique_ptr<fleet::ArgoObjects> objects_of_hub(std::shared_ptr<HubConnection> hub);

}  // namespace celldrift::cli
