// Cells from snapshots: files and folders here, web servers and buckets elsewhere.
#pragma once

#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/config.hpp"
#include "celldrift/store/store.hpp"
#include "cli/options.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::cli {

struct SnapshotCells {
  std::vector<fleet::Cell> cells;
  std::vector<Problem> problems;     // snapshots that could not be had, or tell of no cell
  std::vector<std::string> folders;  // the places that stand for several cells, for messages
};

// The stores that the options come to: tokens and keys from the environment.
store::Settings store_settings(const Options& options);

class SnapshotFinder {
 public:
  explicit SnapshotFinder(const Options& options);

  // The cells of --snapshot, or of `snapshots` in celldrift.yaml. Of a folder, of each cell the
  // newest snapshot. A file here that is named and cannot be read is an Error, all else a problem.
  SnapshotCells find(const std::vector<std::string>& places, store::NamedBy named_by);

  // Fetches what the cells' own snapshots are, where these are elsewhere or in a folder. A cell
  // whose snapshot cannot be had is unreachable.
  void fetch_own(std::vector<fleet::Cell>& cells);

 private:
  // A file that may be a snapshot, and what it says of itself.
  struct Candidate;
  using Candidates = std::vector<Candidate>;

  Candidates read_place(const std::string& place, store::NamedBy named_by);
  static fleet::Cell cell_of(const Candidate& candidate);
  static Candidates newest_of_each(Candidates candidates);
  static void give_own(fleet::Cell& cell, const std::string& place, const Candidates& candidates);

  std::size_t concurrency_;
  store::Stores stores_;
};

// Cells that celldrift.yaml names with neither a context nor a snapshot get the snapshots that were
// found of them, which are taken out of `found`; without one they are unreachable where there are
// folders to have it in. `named`: what cells_from_config made of `entries`.
void share_out(const std::vector<fleet::CellEntry>& entries,
               std::vector<fleet::Cell>& named,
               SnapshotCells& found);

// Whether an entry has no way of its own to be read.
bool needs_snapshot(const fleet::CellEntry& entry);

}  // namespace celldrift::cli
