// What the flags, the environment and celldrift.yaml come to.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/core/clock.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace celldrift::cli {

enum class ColourMode { automatic, always, never };
enum class Verbosity { quiet, normal, verbose };

// One -o FORMAT[=PATH]; an empty path is standard output.
struct OutputTarget {
  std::string format;
  std::string path;
};

// What a local repo answers for that has no remotes, or a directory that is in no repo.
enum class LocalRepo {
  is_itself,      // the one repository that the run asks for and nothing else
  stands_for_all  // every repository that is not mapped, at every revision, with its files as they
                  // lie unless `revision` is given: to try out an ApplicationSet
};

class OpenedRepositories;

// Which manifests.
struct RepoOptions {
  std::string repo;      // path or URL; "" is the repo around the current directory
  std::string revision;  // "" is HEAD, and each Application's own targetRevision
  bool worktree = false;
  std::map<std::string, std::string> map;  // repository URL -> local path
  std::chrono::seconds timeout{60};        // for a fetch
  LocalRepo local = LocalRepo::is_itself;
  bool offline = false;  // nothing is fetched
  bool history = false;  // all of it is fetched, to say who changed which line
  // Where it is not empty, `revision` counts only for what follows one of these commits: a
  // targetRevision that is pinned elsewhere stays what it is.
  std::vector<std::string> followed = {};
  // Shared by the revisions that one run looks at; null where it looks at one.
  std::shared_ptr<OpenedRepositories> opened = nullptr;
};

// Which cells.
struct FleetOptions {
  std::vector<std::string> kubeconfigs;
  std::vector<std::string> contexts;   // globs
  std::vector<std::string> snapshots;  // files, folders and URLs
  std::string max_age;                 // of a snapshot, as "6h"; "": any
  std::vector<std::string> cluster_secrets;
  std::string hub_context;         // "in-cluster" is also the cluster around the process
  std::string argocd_namespace;    // "" is "argocd"; see controller_namespace()
  std::string argocd_cm;           // file with Argo CD's ConfigMap; "" for none
  bool allow_exec = false;         // what cluster Secrets in files name may be run
  std::string config;              // "" looks for celldrift.yaml
  bool cells_from_config = false;  // the flags name none, so the file's own cells count
};

// What generators ask of services and of Argo CD's own cluster.
struct InputOptions {
  std::string file;      // recorded answers, and objects; "" for none
  std::string record;    // file to write all answers of this run to; "" for none
  bool offline = false;  // no service, hub or repository is asked over a network
  bool new_git_file_globbing = false;
};

inline std::string controller_namespace(const FleetOptions& fleet) {
  return fleet.argocd_namespace.empty() ? "argocd" : fleet.argocd_namespace;
}

// How reports are written for people.
struct ReportOptions {
  bool full = false;                   // nothing is cut
  bool show_ignored = false;           // what ignoreDifferences hides is listed
  std::optional<std::size_t> context;  // equal lines around changed ones
};

// Whether API servers are asked for a second opinion by a dry run, the one request that is no GET.
enum class ServerDryRun { no, yes };

struct Options {
  RepoOptions repo;
  FleetOptions fleet;
  InputOptions inputs;
  std::vector<std::string> rules;  // files, beside those of celldrift.yaml
  std::vector<OutputTarget> outputs;
  std::string fail_on;  // as written; "" is not given (see fail_on_severity)
  bool allow_unknown = false;
  std::chrono::milliseconds timeout{60'000};  // for one cell
  std::size_t concurrency = 16;               // cells read at once
  std::string secret_key_file;
  bool explain = false;  // why each field of each object is a finding or none
  ServerDryRun server_dry_run = ServerDryRun::no;
  audit::Look look = audit::Look::everything;
  std::size_t history = 200;  // commits looked at to prove which one a cell runs; 0: none
  std::vector<std::string> only_cells = {};  // read no others, and keep what was compared
  std::optional<RepoOptions> rehearse = {};  // what the cells are compared with as well
  ColourMode colour = ColourMode::automatic;
  Verbosity verbosity = Verbosity::normal;
  ReportOptions report;
  Time now{};
};

}  // namespace celldrift::cli
