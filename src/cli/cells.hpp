// From flags and celldrift.yaml to the fleet.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/config.hpp"
#include "cli/options.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

struct ResolvedFleet {
  fleet::Fleet fleet;
  std::vector<Problem> problems;  // cluster Secrets that could not be read
};

// celldrift.yaml: the one that --config names, else the one at or above the repo (a local one),
// else nothing.
fleet::Config load_config(const Options& options);

// Fills in what the flags leave open from the configuration file; flags win.
void apply_config(const fleet::Config& config, Options& options);

// The cells: of flags where any names one, else of the configuration file, else the kubeconfig's
// current context, else the cluster that the process runs in. Error(config) when there is none.
ResolvedFleet resolve_fleet(const Options& options, const fleet::Config& config);

}  // namespace celldrift::cli
