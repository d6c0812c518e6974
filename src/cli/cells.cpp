#include "cli/cells.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"
#include "celldrift/kube/kubeconfig.hpp"
#include "celldrift/store/place.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/flags.hpp"
#include "cli/snapshot_cells.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::cli {
namespace {

template <typename Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  std::move(more.begin(), more.end(), std::back_inserter(items));
}

std::vector<Value> read_documents(const std::string& path) {
  const std::string text = read_file(path);
  const SourceId source = intern_source({.path = path});
  return yaml::parse_stream(yaml::to_utf8(text), {.source = source}).documents;
}

// Reading kubeconfigs is left until something needs one: a check of snapshots must not fail for
// want of it.
class Kubeconfigs {
 public:
  explicit Kubeconfigs(const std::vector<std::string>& paths) : paths_(paths) {}

  const kube::Kubeconfig& get() {
    if (!loaded_) {
      loaded_ = kube::Kubeconfig::load(paths_);
    }
    return *loaded_;
  }

 private:
  std::vector<std::string> paths_;
  std::optional<kube::Kubeconfig> loaded_;
};

// How to reach the cluster that Argo CD runs in: as --hub-context says, else as the pod that we
// are.
std::optional<kube::Connection> way_to_hub(const Setup& setup) {
  return setup.hub != nullptr ? setup.hub->connection() : kube::in_cluster_connection();
}

// Nobody may miss that answers are believed from whoever gives them.
void warn_of_unverified(const std::vector<fleet::Cell>& cells) {
  std::vector<std::string> names;
  for (const fleet::Cell& cell : cells) {
    const auto* connection = std::get_if<kube::Connection>(&cell.access);
    if (connection != nullptr && connection->insecure_skip_tls_verify) {
      names.push_back(cell.name);
    }
  }
  if (!names.empty()) {
    say("warning: the certificates of " + join(names, ", ") +
        " are not verified, as the kubeconfig or cluster Secret says: anybody between could answer "
        "for them");
  }
}

ResolvedFleet fleet_of_documents(const std::vector<Value>& documents,
                                 const fleet::SecretReading& reading) {
  fleet::SecretCells found = fleet::cells_from_secrets(documents, reading);
  warn_of_unverified(found.cells);
  return {fleet::Fleet(std::move(found.cells)), std::move(found.problems)};
}

ResolvedFleet fleet_of_secrets(const Setup& setup) {
  std::vector<Value> documents;
  for (const std::string& path : setup.options.fleet.cluster_secrets) {
    append(documents, read_documents(path));
  }
  const bool any = setup.options.fleet.allow_exec;
  return fleet_of_documents(
      documents,
      {.hub = way_to_hub(setup), .sign_in = any ? fleet::SignIn::any : fleet::SignIn::plain});
}

// Who may write cluster Secrets on the hub has Argo CD run what they name already.
ResolvedFleet fleet_of_hub(const Setup& setup) {
  const std::vector<Value> documents = fleet::read_cluster_secrets(setup.hub->hub());
  return fleet_of_documents(documents,
                            {.hub = setup.hub->connection(), .sign_in = fleet::SignIn::any});
}

// The cells of celldrift.yaml. Where flags say which cells, a folder of snapshots still has to have
// those that are named there with nothing else: none may be missed for want of its snapshot.
std::vector<fleet::Cell> configured_cells(const Setup& setup,
                                          Kubeconfigs& kubeconfigs,
                                          SnapshotFinder& finder,
                                          SnapshotCells& found) {
  fleet::Config config = setup.config;
  const bool all = setup.options.fleet.cells_from_config;
  std::erase_if(config.cells, [&](const fleet::CellEntry& entry) {
    return !all && (found.folders.empty() || !needs_snapshot(entry));
  });
  if (config.cells.empty()) {
    return {};
  }
  const bool needs_kubeconfig = std::ranges::any_of(
      config.cells, [](const fleet::CellEntry& entry) { return !entry.context.empty(); });
  std::vector<fleet::Cell> cells =
      fleet::cells_from_config(config, needs_kubeconfig ? kubeconfigs.get() : kube::Kubeconfig{});
  finder.fetch_own(cells);
  share_out(config.cells, cells, found);
  return cells;
}

// Nothing names a cell: the current context, or the cluster around us.
std::vector<fleet::Cell> default_cells(Kubeconfigs& kubeconfigs) {
  const std::string& current = kubeconfigs.get().current_context();
  if (!current.empty()) {
    return fleet::cells_from_contexts(kubeconfigs.get(), {current});
  }
  if (const auto around = kube::in_cluster_connection()) {
    return {{.name = "in-cluster",
             .server = std::string(fleet::in_cluster_server),
             .is_hub = true,
             .access = *around,
             .origin = "the cluster that celldrift runs in"}};
  }
  throw Error(
      ErrorCode::config,
      "no cells: give --context, --snapshot, --cluster-secrets or --hub-context, name cells "
      "in celldrift.yaml, or set the kubeconfig's current context");
}

void mark_hub(std::vector<fleet::Cell>& cells, const std::string& hub_context) {
  for (fleet::Cell& cell : cells) {
    cell.is_hub = cell.is_hub || (!hub_context.empty() && cell.name == hub_context);
  }
}

fleet::Config load_config(const Options& options) {
  if (!options.fleet.config.empty()) {
    return fleet::read_config(options.fleet.config);
  }
  const bool is_remote = git::is_url(options.repo.repo);
  const std::string found =
      fleet::find_config(is_remote || options.repo.repo.empty() ? "." : options.repo.repo);
  return found.empty() ? fleet::Config{} : fleet::read_config(found);
}

void apply_config(const fleet::Config& config, Options& options) {
  const auto relative = [&](const std::string& path) {
    const bool is_whole =
        path.empty() || path.front() == '/' || git::is_url(path) || store::is_remote(path);
    return is_whole ? path : config.directory + "/" + path;
  };
  if (options.repo.repo.empty()) {
    options.repo.repo = relative(config.repo);
  }
  if (options.repo.revision.empty()) {
    options.repo.revision = config.revision;
  }
  for (const auto& [url, path] : config.map) {
    options.repo.map.try_emplace(url, relative(path));
  }
  if (options.fail_on.empty()) {
    options.fail_on = config.fail_on;
  }
  if (options.inputs.file.empty()) {
    options.inputs.file = relative(config.generator_inputs);
  }
  options.inputs.new_git_file_globbing |= config.new_git_file_globbing;
  if (options.fleet.hub_context.empty()) {
    options.fleet.hub_context = config.hub_context;
  }
  if (options.fleet.argocd_namespace.empty()) {
    options.fleet.argocd_namespace = config.argocd_namespace;
  }
  if (options.fleet.argocd_cm.empty()) {
    options.fleet.argocd_cm = relative(config.argocd_cm);
  }
  FleetOptions& fleet = options.fleet;
  if (fleet.max_age.empty() && !config.max_age.empty()) {
    fleet.max_age = config.max_age;
    parse_duration("maxAge in celldrift.yaml:", fleet.max_age);  // refused now
  }
  if (!fleet.contexts.empty() || !fleet.snapshots.empty() || !fleet.cluster_secrets.empty()) {
    return;  // the flags say which cells
  }
  fleet.contexts = config.contexts;
  for (const std::string& path : config.snapshots) {
    fleet.snapshots.push_back(relative(path));
  }
  for (const std::string& path : config.cluster_secrets) {
    fleet.cluster_secrets.push_back(relative(path));
  }
  fleet.cells_from_config = true;
}

}  // namespace

Setup set_up(const Options& flags) {
  Setup setup{.options = flags, .config = load_config(flags)};
  apply_config(setup.config, setup.options);
  if (!setup.options.fleet.hub_context.empty()) {
    setup.hub = std::make_shared<HubConnection>(setup.options);
  }
  return setup;
}

ResolvedFleet resolve_fleet(const Setup& setup) {
  const FleetOptions& from = setup.options.fleet;
  if (setup.only_hub) {
    return fleet_of_documents({}, {});
  }
  Kubeconfigs kubeconfigs(from.kubeconfigs);
  if (!from.cluster_secrets.empty()) {
    if (!from.contexts.empty() || !from.snapshots.empty()) {
      throw Error(
          ErrorCode::usage,
          "cells come from cluster secrets, or from contexts and snapshots: give one or the other");
    }
    return fleet_of_secrets(setup);
  }
  SnapshotFinder finder(setup.options);
  SnapshotCells found = finder.find(
      from.snapshots, from.cells_from_config ? store::NamedBy::repo : store::NamedBy::user);
  std::vector<fleet::Cell> cells = configured_cells(setup, kubeconfigs, finder, found);
  append(cells, std::move(found.cells));
  if (!from.contexts.empty()) {
    append(cells, fleet::cells_from_contexts(kubeconfigs.get(), from.contexts));
  }
  if (cells.empty() && !found.problems.empty()) {
    throw Error(ErrorCode::config, found.problems.front().message);
  }
  if (cells.empty() && setup.hub != nullptr) {
    return fleet_of_hub(setup);
  }
  if (cells.empty()) {
    cells = default_cells(kubeconfigs);
  }
  mark_hub(cells, from.hub_context);
  warn_of_unverified(cells);
  return {fleet::Fleet(std::move(cells)), std::move(found.problems)};
}

}  // namespace celldrift::cli
