#include "git/tracked.hpp"

#include <git2.h>

namespace celldrift::git {

Tracked::Tracked(git_repository& repository) : repository_(&repository) {
  git_index* handle = nullptr;
  if (const int status = git_repository_index(&handle, &repository); status < 0) {
    throw_last(status, "reading the index");
  }
  const Handle<git_index> index(handle);
  for (std::size_t i = 0; i < git_index_entrycount(handle); ++i) {
    const git_index_entry* entry = git_index_get_byindex(handle, i);
    add(entry->path);
    if (entry->mode == GIT_FILEMODE_COMMIT) {
      submodules_.try_emplace(entry->path, hex_of(entry->id));
    }
  }
}

void Tracked::add(const std::string& path) {
  std::string part = path;
  while (paths_.insert(part).second) {
    const std::size_t slash = part.rfind('/');
    if (slash == std::string::npos) {
      return;
    }
    part.resize(slash);
  }
}

bool Tracked::leaves_out(const std::string& path, bool is_directory) const {
  if (repository_ == nullptr || paths_.contains(path)) {
    return false;
  }
  int ignored = 0;
  const std::string text = is_directory ? path + "/" : path;
  if (const int status = git_ignore_path_is_ignored(&ignored, repository_, text.c_str());
      status < 0) {
    throw_last(status, "looking whether " + in_quotes(path) + " is ignored");
  }
  return ignored != 0;
}

std::string Tracked::submodule_id(const std::string& path) const {
  const auto found = submodules_.find(path);
  return found == submodules_.end() ? std::string(id_digits, '0') : found->second;
}

}  // namespace celldrift::git
