// Objects of a repository's object database.
#pragma once

#include "git/library.hpp"
#include "git/objects.hpp"

#include <shared_mutex>
#include <unordered_map>

namespace celldrift::git {

Handle<git_odb> open_odb(git_repository& repository);
// Whether the object database has it, whatever it is.
bool has_object(git_repository& repository, const std::string& oid);

// Reads only. libgit2's object database may be read from many threads at once, its parsed trees may
// not; so directories are parsed here, once per id, and shared.
class OdbObjects : public Objects {
 public:
  explicit OdbObjects(git_repository& repository);

  std::shared_ptr<const Directory> directory(const std::string& oid) const override;
  std::shared_ptr<const std::string> content(const std::string& oid) const override;

  // Whether the commit and its root directory can be read.
  bool has_commit(const std::string& commit) const;
  // The root directory of a commit (full id).
  std::string root_of(const std::string& commit) const;

 private:
  Handle<git_odb> odb_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, std::shared_ptr<const Directory>> directories_;
};

}  // namespace celldrift::git
