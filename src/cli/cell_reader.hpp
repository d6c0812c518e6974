// Reading one cell, live or from its snapshot, in two steps: what it serves, then its objects.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/kube/api.hpp"
#include "celldrift/kube/dry_run.hpp"
#include "celldrift/observe/observe.hpp"
#include "celldrift/observe/snapshot.hpp"
#include "cli/options.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace celldrift::cli {

// What cells have in common while they are read.
struct ReadContext {
  kube::Client& client;
  observe::Options options;
  observe::SecretKey key;     // of this run, or the fleet's
  bool is_fleet_key = false;  // it came from --secret-key-file
  Time now{};
  std::optional<std::chrono::seconds> max_age = std::nullopt;  // of a snapshot
  std::shared_ptr<observe::SchemaCache> schemas = {};          // what options.schemas points to
  // Null when no more cells are to be reached, so that memory is given back.
  std::shared_ptr<const observe::SnapshotReader> snapshots =
      std::make_shared<const observe::SnapshotReader>();
};

// What was read, and the key that its Secret values were hashed with.
struct CellState {
  observe::Observation observation;
  observe::SecretKey key;
  bool has_key = true;  // false: `key` is another one, and hashes cannot be compared
  std::optional<std::chrono::seconds> age;  // of a snapshot; negative when it is of the future
  std::vector<Problem> problems;            // with it that leave nothing unknown
};

// Not safe for use by several threads at once; different readers are.
class CellReader {
 public:
  CellReader(const fleet::Cell& cell, const ReadContext& context);

  // Step one. Afterwards scopes() is what the cell says of its kinds.
  void reach();
  const ScopeTable& scopes() const;
  const observe::Sensitive& sensitive() const { return context_.options.sensitive; }
  // Step two. Never throws for what the cell does: that is in the observation. A snapshot gives all
  // that it has, whatever is wanted, and once: large ones are not held twice.
  CellState read(const observe::Wants& wants);
  // Step two for a snapshot: everything that can be listed.
  CellState read_everything();

  // For --server-dry-run: null for a snapshot, and for a cell that cannot be reached.
  std::unique_ptr<kube::DryRun> dry_run() const;
  const observe::Reached& reached() const { return reached_; }

 private:
  void reach_live(const kube::Connection& connection);
  void reach_snapshot(const fleet::SnapshotFile& file);
  void judge_age();
  CellState state(observe::Observation observation) const;

  const fleet::Cell& cell_;
  const ReadContext& context_;
  std::unique_ptr<kube::Api> api_;
  observe::Reached reached_;
  std::optional<observe::SecretKey> key_;  // the snapshot's own
  bool has_key_ = true;                    // of what was read
  std::optional<std::chrono::seconds> age_;
  std::vector<Problem> problems_;
};

}  // namespace celldrift::cli
