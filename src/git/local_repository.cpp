// A work tree or a bare repo on this machine. Nothing is ever written to it.
#include "git/object_repository.hpp"
#include "git/remotes.hpp"
#include "git/resolve.hpp"
#include "git/target.hpp"
#include "git/work_tree.hpp"

#include <git2.h>

#include <algorithm>

namespace celldrift::git {

namespace {

namespace fs = std::filesystem;

class LocalRepository : public ObjectRepository {
 public:
  LocalRepository(Handle<git_repository> repository, const std::string& name, std::string directory)
      : ObjectRepository(std::move(repository), name), directory_(std::move(directory)) {}

  std::string resolve(std::string_view revision) const override {
    const std::lock_guard lock(mutex_);
    try {
      return resolve_in(repository(), revision);
    } catch (Error& error) {
      error.add_context(name());
      throw;
    }
  }

  ResolvedTarget resolve_target(const Target& target) const override {
    const std::lock_guard lock(mutex_);
    try {
      read_refs();
      return resolve_target_in(
          repository(), ref_names_, [&](const std::string& ref) { return commit_of(ref); }, target);
    } catch (Error& error) {
      error.add_context(name());
      throw;
    }
  }

  std::shared_ptr<const Tree> work_tree() const override {
    if (directory_.empty()) {
      throw Error(ErrorCode::repository,
                  name() + " is a bare repository: it has no files besides its commits; " +
                      "give a revision");
    }
    const std::lock_guard lock(mutex_);
    return read_work_tree(Tracked(repository()), directory_);
  }

  std::vector<NamedCommit> tips() const override {
    const std::lock_guard lock(mutex_);
    read_refs();
    std::vector<NamedCommit> tips;
    for (const auto& [name, id] : refs_) {
      if (is_branch_or_tag(name) && has_object(repository(), id)) {
        add_tip(name, tips);
      }
    }
    return tips;
  }

  std::vector<std::string> remotes() const override {
    const std::lock_guard lock(mutex_);
    return remote_urls(repository());
  }

 private:
  // Once: all targets of a run see the same refs.
  void read_refs() const {
    if (ref_names_.empty()) {
      refs_ = local_refs(repository());
      for (const auto& [name, id] : refs_) {
        ref_names_.push_back(name);
      }
    }
  }
  void add_tip(const std::string& name, std::vector<NamedCommit>& tips) const {
    try {
      tips.push_back({name, commit_of(name)});
    } catch (const Error&) {  // a tag of something else than a commit has no history
    }
  }
  std::string commit_of(const std::string& ref) const {
    return peel_to_commit(repository(), oid_of(refs_.at(ref)), ref);
  }

  mutable std::map<std::string, std::string> refs_;
  mutable std::vector<std::string> ref_names_;
  std::string directory_;  // of the work tree, without "/" at its end; "" for a bare repo
};

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

std::string real_path(const fs::path& path) {
  std::error_code error;
  const fs::path result = fs::canonical(path, error);
  if (error) {
    throw Error(ErrorCode::repository, in_quotes(path.string()) + ": " + error.message());
  }
  return without_slash(result.string());
}

bool contains(const std::string& directory, const std::string& path) {
  return path == directory || directory == "/" || path.starts_with(directory + "/");
}

// The work tree is where the repository was found, not wherever a downloaded repository's own
// configuration (core.worktree) says.
void check_work_tree(const std::string& directory,
                     const std::string& opened,
                     git_repository& repository) {
  const fs::path git_directory = without_slash(git_repository_path(&repository));
  const bool is_beside = contains(directory, real_path(git_directory));
  if (!contains(directory, opened) && !is_beside) {
    throw Error(ErrorCode::repository,
                in_quotes(opened) + " says that its files are in " + in_quotes(directory) +
                    " (core.worktree): open that directory instead");
  }
}

}  // namespace

std::shared_ptr<const Repository> open(const std::filesystem::path& path) {
  start_library();
  const std::string start = real_path(path.empty() ? "." : path);
  git_repository* handle = nullptr;
  const int status =
      git_repository_open_ext(&handle, start.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  if (status == GIT_ENOTFOUND) {
    throw Error(ErrorCode::repository,
                in_quotes(start) + " is not in a git repository: give the path of a work tree, " +
                    "a bare repository or a URL");
  }
  if (status < 0) {
    throw_last(status, "opening " + in_quotes(start));
  }
  Handle<git_repository> repository(handle);
  if (git_repository_is_bare(handle) == 1) {
    const std::string name = without_slash(git_repository_path(handle));
    return std::make_shared<LocalRepository>(std::move(repository), name, "");
  }
  const std::string directory = real_path(git_repository_workdir(handle));
  check_work_tree(directory, start, *handle);
  return std::make_shared<LocalRepository>(std::move(repository), directory, directory);
}

}  // namespace celldrift::git
