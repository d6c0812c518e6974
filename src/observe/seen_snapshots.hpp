// What snapshots that were read have in common, so that it is read once and kept once.
#pragma once

#include "celldrift/observe/object_table.hpp"
#include "observe/object_run.hpp"
#include "observe/object_text.hpp"
#include "observe/shards.hpp"
#include "observe/snapshot_header.hpp"

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>

namespace celldrift::observe {

// Results by a hash of everything that they follow from. The first that is kept stays, so that all
// have the same. Safe for use by several threads at once; what is missing may be made by several.
template <class Result>
class Kept {
 public:
  template <class Make>
  Result get(const Hash& of, const Make& make) {
    const auto kept = with_shard(shards_, of, [&](const auto& results) {
      const auto found = results.find(of);
      return found == results.end() ? std::nullopt : std::optional(found->second);
    });
    if (kept) {
      return *kept;
    }
    Result made = make();
    return with_shard(shards_, of, [&](auto& results) {
      return results.emplace(of, std::move(made)).first->second;
    });
  }

 private:
  struct Shard : LockedShard<std::unordered_map<Hash, Result>> {};
  std::unique_ptr<Shard[]> shards_ = std::make_unique<Shard[]>(shard_count);
};

// Safe for use by several threads at once.
class SeenSnapshots {
 public:
  SeenTexts& texts() { return texts_; }
  // Of one member of a file. Throws as decompress() does.
  std::shared_ptr<const ReadRun> run_of(std::string_view member);
  // Of runs one behind the other; the same table for equal objects.
  ObjectTable table_of(std::span<const std::shared_ptr<const ReadRun>> runs);
  // As read_header().
  Header header_of(std::string_view line);

 private:
  SeenTexts texts_;
  Kept<std::shared_ptr<const ReadRun>> runs_;          // by the bytes of their members
  Kept<ObjectTable> tables_;                           // by the contents of their runs
  Kept<std::shared_ptr<const CellSurface>> surfaces_;  // by what of a header they are told by
};

}  // namespace celldrift::observe
