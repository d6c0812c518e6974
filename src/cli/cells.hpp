// From flags and celldrift.yaml to the fleet.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/config.hpp"
#include "cli/hub.hpp"
#include "cli/options.hpp"

#include <memory>
#include <string>
#include <vector>

namespace celldrift::cli {

struct ResolvedFleet {
  fleet::Fleet fleet;
  std::vector<Problem> problems;  // cluster Secrets that could not be read
};

// What a command runs with: the flags, and celldrift.yaml for what they leave open.
struct Setup {
  Options options;
  fleet::Config config;
  std::shared_ptr<HubConnection> hub;  // null where no hub is named
  bool only_hub = false;  // no cells but the entry that Argo CD has for its own cluster
};

// Reads the file that --config names, else the celldrift.yaml at or above a local repo, or above
// the current directory. Flags win over it. Error(config) with its line.
Setup set_up(const Options& flags);

// The cells: of flags where any names one, else of the configuration file, else the cluster Secrets
// of the hub where one is named, else the kubeconfig's current context, else the cluster that the
// process runs in. Error(config) when there is none, the hub's Error when it cannot be read.
ResolvedFleet resolve_fleet(const Setup& setup);

}  // namespace celldrift::cli
