#include "celldrift/observe/snapshot.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/core/write_file.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"
#include "observe/object_text.hpp"
#include "observe/snapshot_header.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

constexpr std::size_t max_line_bytes = 64u << 20;

// Everything that a Secret's data has must be a hash: a snapshot that somebody made by hand could
// hold more.
bool is_hashed(const Value& secret) {
  const Value* data = secret.find("data");
  if (secret.find("stringData")) {
    return false;
  }
  if (!data || data->is_null()) {
    return true;
  }
  const auto hashed = [](const Value& value) {
    return value.is_string() && is_secret_hash(value.as_string());
  };
  return hashed(*data) ||
         (data->is_map() && std::all_of(data->entries().begin(),
                                        data->entries().end(),
                                        [&](const auto& each) { return hashed(each.value); }));
}

// In the order of keys; an object may be there at several versions of its kind.
bool is_after(const LiveObject& next, const LiveObject& last) {
  if (last.key != next.key) {
    return last.key < next.key;
  }
  return last.object.string_at({"apiVersion"}) != next.object.string_at({"apiVersion"});
}

// Puts a snapshot together from the lines of its text.
class Reader {
 public:
  explicit Reader(SeenTexts& seen) : seen_(seen) {}

  void take(std::string_view piece) {
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
  }

  Snapshot finish() {
    if (!header_ || !line_.empty() || header_->objects != objects_.size()) {
      throw Error(ErrorCode::config, "it is cut off");
    }
    header_->snapshot.observation.objects = ObjectTable(std::move(objects_));
    return std::move(header_->snapshot);
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
    ++count_;
    if (header_) {
      auto object = read_canonical_object(line, seen_);
      take_object(object ? *std::move(object) : parsed(line));
    } else {
      header_ = read_header(parsed(line));
    }
  }

  Value parsed(std::string_view line) const {
    try {
      return yaml::parse_json(line).value;
    } catch (const Error& error) {
      // The parser's message may quote the line.
      const bool huge = error.code() == ErrorCode::limit;
      throw Error(ErrorCode::config,
                  "line " + std::to_string(count_) + (huge ? " is too large" : " is not JSON"));
    }
  }

  void take_object(const Value& object) {
    LiveObject live{key_of(object), object};
    if (live.key.kind.empty() || live.key.name.empty()) {
      refuse("is not a Kubernetes object");
    }
    if (!objects_.empty() && !is_after(live, objects_.back())) {
      refuse("is not in order");
    }
    if (is_secret(object) && !is_hashed(object)) {
      refuse("is a Secret with values in clear text");
    }
    objects_.push_back(std::move(live));
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorCode::config, "line " + std::to_string(count_) + " " + why);
  }

  SeenTexts& seen_;
  std::string line_;
  std::size_t count_ = 0;
  std::optional<Header> header_;
  ObjectRun objects_;
};

}  // namespace

std::string encode_snapshot(const Snapshot& snapshot) {
  std::string text = yaml::canonical_json(header_of(snapshot)) + "\n";
  for (const LiveObject& each : snapshot.observation.objects) {
    text += yaml::canonical_json(each.object) + "\n";
  }
  return compress(text);
}

SnapshotReader::SnapshotReader() : seen_(std::make_unique<SeenTexts>()) {}
SnapshotReader::~SnapshotReader() = default;

Snapshot SnapshotReader::decode(std::string_view bytes, const std::string& path) const {
  try {
    Reader reader(*seen_);
    decompress(bytes, InflateLimits{}, [&](std::string_view piece) { reader.take(piece); });
    return reader.finish();
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
