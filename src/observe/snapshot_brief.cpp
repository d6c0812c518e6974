// The beginning of a snapshot: whose it is, and of when.
#include "celldrift/core/error.hpp"
#include "celldrift/observe/snapshot.hpp"
#include "observe/gzip.hpp"
#include "observe/snapshot_header.hpp"

namespace celldrift::observe {
namespace {

constexpr std::size_t max_header_bytes = 64u << 20;
constexpr std::string_view first_bytes = "{\"cell\":";  // canonical JSON: the first key there is

std::string first_line(std::string_view bytes) {
  std::string line;
  bool is_whole = false;
  decompress_while(bytes, {.bytes = max_header_bytes}, [&](std::string_view piece) {
    const std::size_t end = piece.find('\n');
    is_whole = end != std::string_view::npos;
    line.append(piece.substr(0, end));
    return !is_whole;
  });
  if (!is_whole) {
    throw Error(ErrorCode::config, "it is cut off");
  }
  return line;
}

}  // namespace

SnapshotBrief brief_snapshot(std::string_view bytes, const std::string& path) {
  try {
    return read_brief(parse_header(first_line(bytes)));
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "cannot read the snapshot " + path + ": " + error.message());
  }
}

bool looks_like_snapshot(std::string_view bytes) {
  std::string begin;
  try {
    decompress_while(bytes, {}, [&](std::string_view piece) {
      begin.append(piece.substr(0, first_bytes.size()));
      return begin.size() < first_bytes.size();
    });
  } catch (const Error&) {
    return true;  // damaged: who knows what it was
  }
  return begin.starts_with(first_bytes);
}

}  // namespace celldrift::observe
