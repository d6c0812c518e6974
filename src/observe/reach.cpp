#include "celldrift/observe/observe.hpp"

namespace celldrift::observe {

Reached reach(kube::Api& api,
              const std::string& cell,
              const std::string& server,
              Time now,
              const Options& options) {
  Reached reached;
  reached.deadline = std::chrono::steady_clock::now() + options.timeout;
  Observation& observation = reached.observation;
  observation.cell = cell;
  observation.server = server;
  observation.time = now;
  try {
    reached.surface = kube::discover(api, reached.deadline);
    observation.reachable = true;
    observation.kubernetes_version = reached.surface.git_version;
    observation.scopes = reached.surface.scopes();
    observation.served = reached.surface.served();
  } catch (const Error& error) {
    observation.reason = error.message();
  }
  return reached;
}

}  // namespace celldrift::observe
