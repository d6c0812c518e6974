// celldrift gate: whether a deploy may go ahead.
#pragma once

#include "cli/options.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

struct GateOptions {
  std::string base;                 // what Git wants now; "": HEAD, and each Application's own
  std::vector<std::string> cells;   // globs; empty: all
  std::string wave;                 // its name or its number, counted from 1; "": none
  std::vector<std::string> policy;  // as audit::gate_policy() reads it
};
// `options.repo` names the revision that is to be deployed.
int gate(const Options& options, const GateOptions& what);

}  // namespace celldrift::cli
