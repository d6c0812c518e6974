// Which files of a work tree git would show: those in its index, and others that nothing ignores.
#pragma once

#include "git/library.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace celldrift::git {

class Tracked {
 public:
  // Of a directory that is in no repository: everything counts.
  Tracked() = default;
  // Reads the index, and never writes it back. `repository` must outlive this.
  explicit Tracked(git_repository& repository);

  // Whether a path of the work tree is left out: not in the index, nothing of it in the index, and
  // ignored.
  bool leaves_out(const std::string& path, bool is_directory) const;
  // The commit of a submodule; zeros for a repository that only lies there.
  std::string submodule_id(const std::string& path) const;
  bool is_submodule(const std::string& path) const { return submodules_.contains(path); }

 private:
  void add(const std::string& path);

  git_repository* repository_ = nullptr;
  std::unordered_set<std::string> paths_;  // with all the directories above them
  std::unordered_map<std::string, std::string> submodules_;
};

}  // namespace celldrift::git
