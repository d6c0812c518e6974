// Blame: which commit last changed a line. For a few lines of many files, in one walk through the
// history.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace celldrift::git {

struct CommitInfo {
  std::string id;  // full hex
  std::string author;
  std::int64_t time = 0;  // seconds since 1970, of the author
  std::string subject;
};

// A file, and the lines of it that are asked for.
struct BlameFile {
  std::string path;               // from the root, without links in it
  std::set<std::uint32_t> lines;  // counted from 1
  std::string blob;               // what the lines were counted in; "" takes what the commit has
  // The file as it lies in the work tree; nothing when the commit's own is meant.
  std::optional<std::string> text;
};

// What a walk may cost. Counts, not times: equal input gives equal answers.
struct BlameLimits {
  std::size_t commits = 50'000;
  std::size_t file_bytes = std::size_t{4} << 20;
  std::size_t diffed_bytes = std::size_t{512} << 20;  // of all files that are compared
};

struct LineChange {
  std::optional<CommitInfo> commit;  // nothing when it is not known, or in no commit yet
  bool uncommitted = false;          // the line is in the work tree only
  std::string reason;                // why neither is known; "" when one is
};

// By path and line.
using Blamed = std::map<std::pair<std::string, std::uint32_t>, LineChange>;

}  // namespace celldrift::git
