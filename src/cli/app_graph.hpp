// Which of the Argo CD objects in a repo are really there, when some of them make others.
//
// Everything that lies in a manifests repo could have been applied by hand. But what an Application
// renders is there because of it, and in the form that it renders: a file that an Application reads
// is no object of its own. The exception is a circle, such as an Application that renders its own
// file: somebody must have applied one of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace celldrift::cli {

struct AppNode {
  bool is_declared = false;           // it lies in the repo
  std::vector<std::size_t> children;  // what it makes
  std::vector<std::size_t> reads;     // declared ones whose files it renders
};

// For each node, whether it is there. O(nodes × edges) at worst, where all are in circles.
std::vector<bool> existing(const std::vector<AppNode>& nodes);

}  // namespace celldrift::cli
