// Directories of a history, as git stores them: only looked through, not kept.
#pragma once

#include "git/library.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace celldrift::git {

struct RawEntry {
  std::string_view name;
  std::string_view oid;  // 20 bytes
  bool is_directory = false;
  bool is_link = false;
};

// Where entries are valid as long as it lives.
struct RawTree {
  Handle<git_odb_object> object;
  std::vector<RawEntry> entries;  // in git's order: that of the names, a directory's with "/"

  // Null when there is none.
  const RawEntry* find(std::string_view name) const;
};

// Whether `a` comes before `b` in git's order.
bool comes_before(const RawEntry& a, const RawEntry& b);

// Remembers the last ones: a commit's directories are its parent's neighbours' too. Not
// thread-safe.
class RawTrees {
 public:
  explicit RawTrees(git_repository& repository);

  // Error(repository, limit) for what is missing or malformed.
  std::shared_ptr<const RawTree> get(const std::string& oid);
  git_odb& odb() { return *odb_; }

 private:
  using Trees = std::unordered_map<std::string, std::shared_ptr<const RawTree>>;

  Handle<git_odb> odb_;
  Trees young_;
  Trees old_;  // those before; forgotten when `young_` is full
  std::size_t young_bytes_ = 0;
};

}  // namespace celldrift::git
