// --server-dry-run: what the API server itself says of each compared object.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/kube/discovery.hpp"
#include "celldrift/kube/dry_run.hpp"
#include "celldrift/observe/secrets.hpp"
#include "cli/placed.hpp"

#include <span>
#include <string>
#include <vector>

namespace celldrift::cli {

// One cell, as dry runs need it.
struct DryRunCell {
  const std::string& name;
  kube::DryRun& server;
  const kube::ApiSurface& surface;
  kube::Deadline deadline;
  const observe::SecretKey& key;
  const kube::Schema& schema;
};

// Whether objects are asked about that are not live; of them only a refusal is told.
enum class AskOfNew { no, yes };

// Asks the cell about every object of `compared` that is live, a few at once, and notes where it
// disagrees. `desired`: as Git states them, Secret values included. What could not be asked is a
// problem that leaves nothing unknown: the comparison stands.
std::vector<Problem> add_second_opinions(const DryRunCell& cell,
                                         std::span<const Placed> desired,
                                         std::vector<audit::ComparedApplication>& compared,
                                         AskOfNew ask_of_new = AskOfNew::no);

}  // namespace celldrift::cli
