#include "fleet/cells/contexts.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

Cell cell_of_context(const kube::Kubeconfig& kubeconfig, const kube::Context& context) {
  Cell cell;
  cell.name = context.name;
  cell.server = context.server;
  cell.access = access_by_context(kubeconfig, context.name);
  cell.labelled_by = "its context";
  cell.origin = "context " + context.name;
  return cell;
}

}  // namespace

Access access_by_context(const kube::Kubeconfig& kubeconfig, const std::string& context) {
  try {
    return kubeconfig.connection(context);
  } catch (const Error& error) {
    return Unreachable{error.what()};
  }
}

Error no_such_context(const kube::Kubeconfig& kubeconfig, const std::string& wanted) {
  std::string known;
  for (const kube::Context& context : kubeconfig.contexts()) {
    known += (known.empty() ? "" : ", ") + context.name;
  }
  return {ErrorCode::config,
          "no context matches \"" + wanted +
              "\"; the kubeconfig has: " + (known.empty() ? "none" : known)};
}

std::vector<Cell> cells_from_contexts(const kube::Kubeconfig& kubeconfig,
                                      const std::vector<std::string>& globs) {
  std::vector<Cell> cells;
  for (const std::string& glob : globs) {
    const std::vector<kube::Context> contexts = kubeconfig.matching(glob);
    if (contexts.empty()) {
      throw no_such_context(kubeconfig, glob);
    }
    for (const kube::Context& context : contexts) {
      if (std::ranges::find(cells, context.name, &Cell::name) == cells.end()) {
        cells.push_back(cell_of_context(kubeconfig, context));
      }
    }
  }
  return cells;
}

}  // namespace celldrift::fleet
