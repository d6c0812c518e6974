#include "celldrift/observe/snapshot.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/parallel.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/core/write_file.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"
#include "observe/object_run.hpp"
#include "observe/seen_snapshots.hpp"
#include "observe/snapshot_header.hpp"

#include <atomic>

namespace celldrift::observe {
namespace {

using Runs = std::vector<std::shared_ptr<const ReadRun>>;

[[noreturn]] void refuse_line(std::size_t number, const std::string& why) {
  throw Error(ErrorCode::config, "line " + std::to_string(number) + " " + why);
}

// Refuses what is wrong with any of the runs, the first of them first.
void check_runs(const Runs& runs) {
  std::size_t lines = 1;  // the header
  const LiveObject* last = nullptr;
  for (const auto& run : runs) {
    if (last != nullptr && !run->objects->empty() && !is_after(run->objects->front(), *last)) {
      refuse_line(lines + 1, "is not in order");
    }
    if (run->objection && run->objection->line == 0) {
      throw Error(ErrorCode::config, run->objection->why);
    }
    if (run->objection) {
      refuse_line(lines + run->objection->line, run->objection->why);
    }
    lines += run->objects->size();
    last = run->objects->empty() ? last : &run->objects->back();
  }
}

Snapshot put_together(Header header, const Runs& runs, SeenSnapshots& seen) {
  check_runs(runs);
  std::size_t count = 0;
  for (const auto& run : runs) {
    count += run->objects->size();
  }
  if (count != header.objects) {
    throw Error(ErrorCode::config, "it is cut off");
  }
  header.snapshot.observation.objects = seen.table_of(runs);
  return std::move(header.snapshot);
}

// Puts a snapshot together from the lines of a text that comes in pieces.
class StreamReader {
 public:
  explicit StreamReader(SeenSnapshots& seen) : seen_(seen), run_(seen.texts()) {}

  // Whether more is wanted.
  bool take(std::string_view piece) {
    for (std::size_t end; (end = piece.find('\n')) != std::string_view::npos;
         piece.remove_prefix(end + 1)) {
      if (line_.empty()) {
        take_line(piece.substr(0, end));  // most are whole in their piece
      } else {
        append(piece.substr(0, end));
        take_line(line_);
        line_.clear();
      }
    }
    append(piece);
    return !run_.is_refused();
  }

  Snapshot finish() {
    if (!header_ || (!line_.empty() && !run_.is_refused())) {
      throw Error(ErrorCode::config, "it is cut off");
    }
    return put_together(
        *std::move(header_), {std::make_shared<const ReadRun>(run_.finish())}, seen_);
  }

 private:
  void append(std::string_view text) {
    if (line_.size() + text.size() > max_line_bytes) {
      throw Error(ErrorCode::limit,
                  "it has a line of more than " + std::to_string(max_line_bytes) + " bytes");
    }
    line_ += text;
  }

  void take_line(std::string_view line) {
    if (header_) {
      run_.take_line(line);
    } else {
      header_ = seen_.header_of(line);
    }
  }

  SeenSnapshots& seen_;
  std::string line_;
  std::optional<Header> header_;
  RunReader run_;
};

// As versions before v3 have it, and what was unpacked and packed by others.
Snapshot read_stream(std::string_view bytes, SeenSnapshots& seen) {
  StreamReader reader(seen);
  decompress_while(bytes, {}, [&](std::string_view piece) { return reader.take(piece); });
  return reader.finish();
}

// What cannot be unpacked is a run that is refused.
std::shared_ptr<const ReadRun> run_of(std::string_view member, SeenSnapshots& seen) {
  try {
    return seen.run_of(member);
  } catch (const Error& error) {
    return std::make_shared<const ReadRun>(ReadRun{.objects = std::make_shared<const ObjectRun>(),
                                                   .objection = Objection{0, error.message()}});
  }
}

Runs read_runs(std::span<const std::string_view> members,
               std::size_t packed_bytes,
               SeenSnapshots& seen,
               std::size_t threads) {
  Runs runs(members.size());
  std::atomic<std::size_t> total = 0;
  for_each_index(members.size(), threads, [&](std::size_t i) {
    check_limits(total, packed_bytes, {});
    runs[i] = run_of(members[i], seen);
    check_limits(total += runs[i]->text_bytes, packed_bytes, {});
  });
  return runs;
}

Header read_header_member(std::string_view member, SeenSnapshots& seen) {
  std::string text = decompressed(member, {.bytes = max_line_bytes + 1});
  if (text.empty() || text.find('\n') != text.size() - 1) {
    throw Error(ErrorCode::config, "its header is not one line");
  }
  text.pop_back();
  return seen.header_of(text);
}

Snapshot read_any(std::string_view bytes, SeenSnapshots& seen, std::size_t threads) {
  const std::vector<std::string_view> members = members_of(bytes);
  if (members.size() < 2) {
    return read_stream(bytes, seen);
  }
  Header header = read_header_member(members.front(), seen);
  const Runs runs = read_runs(std::span(members).subspan(1), bytes.size(), seen, threads);
  return put_together(std::move(header), runs, seen);
}

}  // namespace

std::string encode_snapshot(const Snapshot& snapshot) {
  std::vector<std::string> members = texts_of_runs(snapshot.observation.objects);
  members.insert(members.begin(), yaml::canonical_json(header_of(snapshot)) + "\n");
  for_each_index(members.size(), 0, [&](std::size_t i) { members[i] = compress(members[i]); });
  return join(members, "");
}

SnapshotReader::SnapshotReader(std::size_t threads)
    : seen_(std::make_unique<SeenSnapshots>()), threads_(threads) {}
SnapshotReader::~SnapshotReader() = default;

Snapshot SnapshotReader::decode(std::string_view bytes, const std::string& path) const {
  try {
    return read_any(bytes, *seen_, threads_);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "cannot read the snapshot " + path + ": " + error.message());
  }
}

void write_snapshot(const std::string& path, const Snapshot& snapshot) {
  write_file(path, encode_snapshot(snapshot), Readers::owner);
}

Snapshot SnapshotReader::read(const std::string& path) const {
  std::string bytes;
  try {
    bytes = read_file(path);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "cannot read the snapshot " + path + ": " + error.message());
  }
  return decode(bytes, path);
}

Snapshot decode_snapshot(std::string_view bytes, const std::string& path) {
  return SnapshotReader().decode(bytes, path);
}

Snapshot read_snapshot(const std::string& path) {
  return SnapshotReader().read(path);
}

}  // namespace celldrift::observe
