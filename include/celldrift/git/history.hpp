// History: the commits at which files or directories became something else. For few paths and many
// commits: nothing is read of a commit but the directories that it changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace celldrift::git {

// A commit at which the paths are something else than in each of its parents. A merge that is as
// one of its sides is none: that side has the commit.
struct PathChange {
  std::string id;         // full hex
  std::int64_t time = 0;  // of the committer
  std::vector<std::string> parents;
  // The nearest changes in its history, as indices into PathHistory::changes; ascending.
  std::vector<std::size_t> before;
  // The history was cut off here when it was fetched (a shallow clone): whether the commit changed
  // anything is not known.
  bool is_cut_off = false;
};

struct PathHistory {
  enum class End {
    root,     // the first commit: there are no other changes
    cut_off,  // a shallow clone ends here
    limit,    // there may be more
  };
  std::vector<PathChange> changes;  // newest first, a commit always before its parents
  End end = End::root;
  std::size_t commits = 0;  // that were looked at
};

struct HistoryQuestion {
  std::vector<std::string> from;     // full hex ids
  std::vector<std::string> without;  // commits that these have in their history are left out
  std::vector<std::string> paths;    // from the root; "" is everything
};

// What a walk may cost. Counts, not times: equal input gives equal answers.
struct HistoryLimits {
  std::size_t changes = 200;
  std::size_t commits = 100'000;
};

// A branch or tag.
struct NamedCommit {
  std::string name;    // "refs/heads/main"
  std::string commit;  // full hex

  bool operator==(const NamedCommit&) const = default;
};

}  // namespace celldrift::git
