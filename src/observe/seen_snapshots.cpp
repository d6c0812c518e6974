#include "observe/seen_snapshots.hpp"

#include "observe/gzip.hpp"

namespace celldrift::observe {
namespace {

constexpr std::uint64_t member_kind = 0x3E3B;

// A run is no longer than its longest line may be.
constexpr InflateLimits run_limits{.bytes = max_line_bytes + 1};

}  // namespace

std::shared_ptr<const ReadRun> SeenSnapshots::run_of(std::string_view member) {
  return runs_.get(hash_bytes(member, member_kind), [&] {
    return std::make_shared<const ReadRun>(read_run(decompressed(member, run_limits), texts_));
  });
}

ObjectTable SeenSnapshots::table_of(std::span<const std::shared_ptr<const ReadRun>> runs) {
  std::vector<Hash> contents;
  for (const auto& run : runs) {
    contents.push_back(run->content);
  }
  return tables_.get(hash_of(contents), [&] {
    std::vector<std::shared_ptr<const ObjectRun>> objects;
    for (const auto& run : runs) {
      objects.push_back(run->objects);
    }
    return ObjectTable(std::move(objects));
  });
}

Header SeenSnapshots::header_of(std::string_view line) {
  auto header = read_canonical_object(line, texts_);
  const Value value = header ? *std::move(header) : parse_header(line);
  return read_header(value, *surfaces_.get(told_by(value), [&] {
    return std::make_shared<const CellSurface>(read_surface(value));
  }));
}

}  // namespace celldrift::observe
