// The folder that fetched repositories are kept in, shared by all processes of a user:
//
//   <cache>/<host-path-hash>/fetch.lock     held while something is written
//                            use.lock       held, shared, while something is read
//                            depth-1.git    bare repo of shallow commits
//                            depth-0.git    bare repo with all history
//
// Locks are flock's: the kernel drops them when their process ends, however it ends.
#pragma once

#include "git/deadline.hpp"
#include "git/files.hpp"
#include "git/library.hpp"
#include "git/url.hpp"

#include <filesystem>
#include <string>

namespace celldrift::git {

class CacheFolder {
 public:
  // `cache` may be empty: the user's own. Creates the folder, for this user only.
  CacheFolder(std::filesystem::path cache, const Url& url);

  // Waits for other processes that fetch the same URL. Error(io) at the deadline.
  File lock_for_writing(const Deadline& deadline) const;
  File lock_for_reading() const;

  // Nothing when there is none (yet).
  Handle<git_repository> open(int depth) const;
  // Needs the lock for writing. Tidies up what a killed process left; begins anew what cannot be
  // opened or has grown into too many packs, unless somebody is reading it.
  Handle<git_repository> open_or_create(int depth) const;
  // Needs the lock for writing. False when somebody is reading it.
  bool remove(int depth) const;

 private:
  std::filesystem::path repository_path(int depth) const;
  void create(int depth) const;

  std::filesystem::path folder_;
};

}  // namespace celldrift::git
