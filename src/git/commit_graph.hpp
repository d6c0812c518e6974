// The commits of a repository, and what each changed: read when somebody asks, and remembered.
#pragma once

#include "git/raw_trees.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace celldrift::git {

// What a commit changed of one of its parents.
struct TreeChanges {
  std::vector<std::string>
      paths;                  // sorted; a directory stands for all in it when it is new or gone
  bool are_too_many = false;  // then there are none
};

struct CommitNode {
  std::string id;
  std::string root;
  std::int64_t time = 0;  // of the committer
  std::vector<std::string> parents;
  std::vector<std::optional<TreeChanges>> changes;  // of each parent
};

// Not thread-safe. Nodes stay where they are as long as it lives.
class CommitGraph {
 public:
  explicit CommitGraph(git_repository& repository) : trees_(repository) {}

  // Null when it is not here. Error(repository) when it is broken.
  CommitNode* find(const std::string& id);
  // Whether any of the paths differs between the commit and its parent of that number.
  bool touches(CommitNode& commit, std::size_t parent, const std::vector<std::string>& paths);
  // Whether the commit has anything at one of the paths.
  bool has_any(const CommitNode& commit, const std::vector<std::string>& paths);
  // What is at a path: see Repository::contents.
  std::string content_at(const CommitNode& commit, std::string_view path);

 private:
  TreeChanges changes_between(const std::string& before, const std::string& after);
  void collect(const std::string& before,
               const std::string& after,
               const std::string& prefix,
               int depth,
               TreeChanges& changes);

  RawTrees trees_;
  std::unordered_map<std::string, std::optional<CommitNode>> nodes_;
};

}  // namespace celldrift::git
