#include "git/file_history.hpp"

#include <git2.h>

#include <span>

namespace celldrift::git {
namespace {

constexpr std::size_t most_renames = 2'000;  // files changed in one commit

Handle<git_tree> subtree(const git_tree_entry& entry, git_repository& repository) {
  git_tree* tree = nullptr;
  if (const int status = git_tree_lookup(&tree, &repository, git_tree_entry_id(&entry));
      status < 0) {
    throw_last(status, "reading a directory");
  }
  return Handle<git_tree>(tree);
}

bool is_directory(const git_tree_entry* entry) {
  return entry != nullptr && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

bool is_same(const git_tree_entry* a, const git_tree_entry* b) {
  return a != nullptr && b != nullptr &&
         git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) == 1;
}

// The name that a path has at this depth, and whether it goes on below it.
struct Step {
  std::string name;
  bool is_last;
};

Step step_of(const std::string& path, std::size_t start) {
  const std::size_t end = path.find('/', start);
  return {path.substr(start, end - start), end == path.npos};
}

using Paths = std::span<const std::string>;

// Those at the front that go through the same entry.
std::size_t count_below(Paths paths, std::size_t start, const Step& step) {
  std::size_t count = 0;
  while (count < paths.size() && step_of(paths[count], start).name == step.name) {
    ++count;
  }
  return count;
}

// `start`: where the names in this directory begin in the paths.
void collect(const git_tree& before,
             const git_tree& after,
             Paths paths,
             std::size_t start,
             std::vector<std::string>& changed) {
  while (!paths.empty()) {
    const Step step = step_of(paths.front(), start);
    const Paths below = paths.first(step.is_last ? 1 : count_below(paths, start, step));
    paths = paths.subspan(below.size());
    const git_tree_entry* one = git_tree_entry_byname(&before, step.name.c_str());
    const git_tree_entry* other = git_tree_entry_byname(&after, step.name.c_str());
    if (is_same(one, other)) {
      continue;
    }
    if (!step.is_last && is_directory(one) && is_directory(other)) {
      git_repository& repository = *git_tree_owner(&after);
      collect(*subtree(*one, repository),
              *subtree(*other, repository),
              below,
              start + step.name.size() + 1,
              changed);
    } else {
      changed.insert(changed.end(), below.begin(), below.end());
    }
  }
}

}  // namespace

Handle<git_tree> tree_of(const git_commit& commit) {
  git_tree* tree = nullptr;
  if (const int status = git_commit_tree(&tree, &commit); status < 0) {
    throw_last(status, "reading the files of commit " + hex_of(*git_commit_id(&commit)));
  }
  return Handle<git_tree>(tree);
}

std::optional<std::string> file_at(const git_tree& root, const std::string& path) {
  git_tree_entry* found = nullptr;
  const int status = git_tree_entry_bypath(&found, &root, path.c_str());
  if (status == GIT_ENOTFOUND) {
    return std::nullopt;
  }
  if (status < 0) {
    throw_last(status, "looking for " + in_quotes(path));
  }
  const Handle<git_tree_entry> entry(found);
  const bool is_file = git_tree_entry_type(found) == GIT_OBJECT_BLOB;
  return is_file ? std::optional(hex_of(*git_tree_entry_id(found))) : std::nullopt;
}

std::vector<std::string> changed_paths(const git_tree& before,
                                       const git_tree& after,
                                       const std::vector<std::string>& paths) {
  std::vector<std::string> changed;
  if (git_oid_equal(git_tree_id(&before), git_tree_id(&after)) == 0) {
    collect(before, after, paths, 0, changed);
  }
  return changed;
}

std::optional<std::string> renamed_from(const git_tree& before,
                                        const git_tree& after,
                                        const std::string& path) {
  git_repository& repository = *git_tree_owner(&after);
  git_diff* made = nullptr;
  // libgit2 takes trees that it does not change as if it did.
  auto& old_tree = const_cast<git_tree&>(before);  // NOLINT
  auto& new_tree = const_cast<git_tree&>(after);   // NOLINT
  if (const int status = git_diff_tree_to_tree(&made, &repository, &old_tree, &new_tree, nullptr);
      status < 0) {
    throw_last(status, "comparing two commits");
  }
  const Handle<git_diff> diff(made);
  if (git_diff_num_deltas(made) > most_renames) {
    return std::nullopt;
  }
  git_diff_find_options options = GIT_DIFF_FIND_OPTIONS_INIT;
  options.flags = GIT_DIFF_FIND_RENAMES;
  if (const int status = git_diff_find_similar(made, &options); status < 0) {
    throw_last(status, "looking for renamed files");
  }
  for (std::size_t i = 0; i < git_diff_num_deltas(made); ++i) {
    const git_diff_delta& delta = *git_diff_get_delta(made, i);
    if (delta.status == GIT_DELTA_RENAMED && path == delta.new_file.path) {
      return delta.old_file.path;
    }
  }
  return std::nullopt;
}

}  // namespace celldrift::git
