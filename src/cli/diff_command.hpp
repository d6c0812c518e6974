// celldrift diff: two cells, and everything that differs between them.
#pragma once

#include "cli/options.hpp"

#include <string>
#include <vector>

namespace celldrift::cli {

struct DiffOptions {
  std::string left;
  std::string right;
  std::vector<std::string> applications;  // globs; empty: all
  std::vector<std::string> components;    // globs; empty: all
  bool raw = false;                       // the cells' own names and labels differ as well
};
int diff(const Options& options, const DiffOptions& what);

}  // namespace celldrift::cli
