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

// An object of that type, its size looked at first. Error(repository, limit) that names it.
enum class ObjectKind { commit, directory };
Handle<git_odb_object> read_object(git_odb& odb, const std::string& oid, ObjectKind kind);
std::string_view bytes_of(git_odb_object& object);

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
  mutable std::size_t entries_ = 0;  // in all of them
};

}  // namespace celldrift::git
