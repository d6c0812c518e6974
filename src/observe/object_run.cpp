#include "observe/object_run.hpp"

#include "celldrift/observe/secrets.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

constexpr std::uint64_t hash_kind = 0x2012;

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

}  // namespace

Hash hash_of(std::span<const Hash> hashes) {
  return hash_bytes({reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes()}, hash_kind);
}

bool is_after(const LiveObject& next, const LiveObject& last) {
  if (last.key != next.key) {
    return last.key < next.key;
  }
  return last.object.string_at({"apiVersion"}) != next.object.string_at({"apiVersion"});
}

Value parse_line(std::string_view line) {
  try {
    return yaml::parse_json(line).value;
  } catch (const Error& error) {
    // The parser's message may quote the line.
    throw Error(ErrorCode::config,
                error.code() == ErrorCode::limit ? "is too large" : "is not JSON");
  }
}

void RunReader::take_line(std::string_view line) {
  if (is_refused()) {
    return;
  }
  ++lines_;
  bytes_ += line.size() + 1;
  hashes_.push_back(hash_bytes(line, hash_kind));
  try {
    auto object = read_canonical_object(line, seen_);
    take_object(object ? *std::move(object) : parse_line(line));
  } catch (const Error& error) {
    refuse(error.message());
  }
}

void RunReader::take_object(const Value& object) {
  LiveObject live{key_of(object), object};
  if (live.key.kind.empty() || live.key.name.empty()) {
    return refuse("is not a Kubernetes object");
  }
  if (!objects_.empty() && !is_after(live, objects_.back())) {
    return refuse("is not in order");
  }
  if (is_secret(object) && !is_hashed(object)) {
    return refuse("is a Secret with values in clear text");
  }
  objects_.push_back(std::move(live));
}

void RunReader::refuse(std::string why) {
  objection_ = {.line = lines_, .why = std::move(why)};
}

ReadRun RunReader::finish() {
  const Hash content = hash_of(hashes_);
  return {.objects = std::make_shared<const ObjectRun>(std::move(objects_)),
          .content = content,
          .text_bytes = bytes_,
          .objection = std::move(objection_)};
}

ReadRun read_run(std::string_view text, SeenTexts& seen) {
  RunReader reader(seen);
  const std::size_t bytes = text.size();
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos;
       text.remove_prefix(end + 1)) {
    reader.take_line(text.substr(0, end));
  }
  ReadRun run = reader.finish();
  run.text_bytes = bytes;
  if (!run.objection && (!text.empty() || bytes == 0)) {
    run.objection = {.line = 0, .why = "it is cut off"};
  }
  return run;
}

}  // namespace celldrift::observe
