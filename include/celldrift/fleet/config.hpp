// celldrift.yaml: the same settings as the flags, kept in the repo.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/fleet/cell.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::fleet {

// A cell as celldrift.yaml names it: at most one of context and snapshot. Without either its
// snapshot is looked for among those of `snapshots`; it is unreachable where there is none.
struct CellEntry {
  std::string name;
  std::string server;
  std::string context;
  std::string snapshot;  // relative to the file, or a URL
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;
  bool hub = false;
  Mark mark;
};

struct Config {
  std::string directory;  // where the file lies; "" when there is none
  std::string repo;
  std::string revision;
  std::string fail_on;
  std::vector<std::string> contexts;   // globs
  std::vector<std::string> snapshots;  // files, folders and URLs
  std::string max_age;                 // "6h": as --max-age
  std::vector<std::string> cluster_secrets;
  std::vector<CellEntry> cells;
  std::map<std::string, std::string> map;  // repository URL -> local path
  std::string hub_context;
  std::string argocd_namespace;
  std::string argocd_cm;  // relative to the file, as is
  std::string generator_inputs;
  bool new_git_file_globbing = false;
  // Rows before the built-in ones, for whoever uses them to read; null where the file has none.
  Value managers;   // as in rules/managers.yaml
  Value rights;     // as in rules/rights.yaml
  Value sensitive;  // as in rules/secrets.yaml
  // A document of the keys that rule files have too, and `packs`; null where the file has none.
  Value rules;
};

// Reads a configuration file. Unknown keys, wrong types and bad values are an Error(config) with
// file:line:column and the keys that are allowed.
Config read_config(const std::string& path);

// "celldrift.yaml" in `directory` or the nearest one above it that has it; "" when none has.
std::string find_config(const std::string& directory);

std::vector<Cell> cells_from_config(const Config& config, const kube::Kubeconfig& kubeconfig);

}  // namespace celldrift::fleet
