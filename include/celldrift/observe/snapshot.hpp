// Snapshots: an Observation in a file, usable wherever a cell is.
//
// gzip of canonical JSON (sorted keys, one line per object), in members that unpack each by itself,
// schema "celldrift.snapshot/v3": equal observations give equal bytes. Secret values are keyed
// hashes; the file says under which key (its id), and holds the key itself unless a fleet key
// (--secret-key-file) was given. See docs/snapshots.md.
#pragma once

#include "celldrift/observe/observation.hpp"
#include "celldrift/observe/secrets.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::observe {

struct Snapshot {
  Observation observation;
  std::map<std::string, std::string> labels;  // of the cell, as ApplicationSets see them
  std::optional<SecretKey> key;               // nothing when a fleet key was used
};

// What the file is to hold, ready to write.
std::string encode_snapshot(const Snapshot& snapshot);
// Error(config) that names `path` for anything that is not a whole snapshot of a version we know.
Snapshot decode_snapshot(std::string_view bytes, const std::string& path);

// What a snapshot says of itself, without its objects.
struct SnapshotBrief {
  std::string cell;
  std::string server;
  std::map<std::string, std::string> labels;
  Time time{};
};

// Reads no more than the beginning: whether the rest is whole is not known then. Error(config) that
// names `path`.
SnapshotBrief brief_snapshot(std::string_view bytes, const std::string& path);

// Whether bytes may be meant for a snapshot, though perhaps a broken one: false for gzip of
// something else.
bool looks_like_snapshot(std::string_view bytes);

class SeenSnapshots;  // private to snapshots

// Reads the snapshots of a fleet: what their objects have in common is read once and shared, so
// that time and memory grow with what is distinct. All that have equal objects have the same table
// of them. Safe for use by several threads at once. What it has read is kept as long as it lives.
class SnapshotReader {
 public:
  // `threads`: how many each snapshot may be read by (0: as many as the machine has cores).
  explicit SnapshotReader(std::size_t threads = 1);
  ~SnapshotReader();

  // As decode_snapshot() and read_snapshot().
  Snapshot decode(std::string_view bytes, const std::string& path) const;
  Snapshot read(const std::string& path) const;

 private:
  std::unique_ptr<SeenSnapshots> seen_;
  std::size_t threads_;
};

// Written to a temporary file beside it, then renamed. Error(io).
void write_snapshot(const std::string& path, const Snapshot& snapshot);
Snapshot read_snapshot(const std::string& path);

}  // namespace celldrift::observe
