#include "celldrift/core/error.hpp"
#include "celldrift/fleet/cell.hpp"
#include "fleet/names.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

Error not_found(const std::string& message) {
  return {ErrorCode::not_found, message};
}

std::string names_of(const std::vector<const Cell*>& cells) {
  std::string names;
  for (const Cell* cell : cells) {
    names += (names.empty() ? "" : " ") + cell->name;
  }
  return names;
}

}  // namespace

Fleet::Fleet(std::vector<Cell> cells) : cells_(std::move(cells)) {
  std::ranges::sort(
      cells_, {}, [](const Cell& cell) { return std::tie(cell.synthetic, cell.name); });
  const auto twice = std::ranges::adjacent_find(cells_, {}, &Cell::name);
  if (twice != cells_.end()) {
    throw Error(ErrorCode::config,
                "two cells are named \"" + twice->name + "\": " + twice->origin + " and " +
                    std::next(twice)->origin + "; rename one");
  }
}

// As Argo CD's database has it: by name a disabled hub does not exist, by server it says so.
void Fleet::refuse_disabled(std::vector<const Cell*>& found, std::string_view server) {
  const auto is_disabled = [](const Cell* cell) { return cell->disabled; };
  if (!server.empty() && std::ranges::any_of(found, is_disabled)) {
    throw not_found("cluster \"" + std::string(server) + "\" is disabled");
  }
  std::erase_if(found, is_disabled);
}

const Cell& Fleet::destination(std::string_view server, std::string_view name) const {
  if (!server.empty() && !name.empty()) {
    throw Error(ErrorCode::config,
                "application destination can't have both name and server defined: " +
                    std::string(name) + " " + std::string(server));
  }
  if (server.empty() && name.empty()) {
    throw Error(ErrorCode::config, "Destination server missing from app spec");
  }
  std::vector<const Cell*> found;
  const auto is_meant = [&](const Cell& cell) {
    return server.empty() ? cell.name == name : same_server(cell.server, server);
  };
  for (const Cell& cell : cells_) {
    if (!cell.synthetic && is_meant(cell)) {  // a Secret goes before Argo CD's implicit entry
      found.push_back(&cell);
    }
  }
  const bool local = name == "in-cluster" || same_server(server, in_cluster_server);
  if (found.empty() && local) {
    const auto hub = std::ranges::find_if(
        cells_, [](const Cell& cell) { return cell.is_hub || cell.synthetic; });
    if (hub != cells_.end()) {
      found.push_back(&*hub);
    }
  }
  refuse_disabled(found, server);
  if (found.empty()) {
    const bool has_hub = std::ranges::any_of(cells_, &Cell::is_hub);
    const std::string hint =
        local && !has_hub ? "; mark the cell that Argo CD runs in as the hub" : "";
    throw not_found((server.empty() ? "there are no clusters with this name: " + std::string(name)
                                    : "cluster \"" + std::string(server) + "\" not found") +
                    hint);
  }
  if (found.size() > 1) {
    throw not_found("there are " + std::to_string(found.size()) + " clusters with the same " +
                    (server.empty() ? "name" : "server") + ": [" + names_of(found) + "]");
  }
  return *found.front();
}

}  // namespace celldrift::fleet
