// Tree: the files of one state of a repository, read without a checkout. An edge of celldrift: the
// object database, a work tree and a fake in memory all look like this.
#pragma once

#include "celldrift/core/error.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

enum class EntryKind { file, directory, symlink, submodule };

struct Entry {
  std::string name;
  EntryKind kind = EntryKind::file;
  std::string oid;  // hex object id of the content: equal ids, equal content. Also of directories.

  bool operator==(const Entry&) const = default;
};

struct Blob {
  std::string oid;
  std::shared_ptr<const std::string> text;
};

// Paths are relative to the root, with "/" between names; "" or "." is the root. They are
// normalised first; one that is absolute or leaves the root through ".." is an Error(repository)
// that says so. All functions follow symbolic links inside the repo, at every step of a path, at
// most 40 of them; one that is absolute, leaves the root or loops is an Error(repository) that
// names it, one that dangles an Error(not_found). Safe to use from several threads at once.
class Tree {
 public:
  virtual ~Tree() = default;

  // The directory's entries in byte order of their names, symbolic links not followed.
  virtual std::vector<Entry> list(std::string_view path) const = 0;
  // What is at `path` after following links; nothing when nothing is there.
  virtual std::optional<Entry> find(std::string_view path) const = 0;
  // A file's content. Error(repository) when it is missing or no file; Error(limit) past 100 MiB.
  virtual Blob read(std::string_view path) const = 0;

  // Full hex commit id that this tree is of; "" for files that are not committed.
  virtual std::string commit() const = 0;
};

// The files of a directory that need not be in a repository, as they are now. Error(io) when it
// cannot be read.
std::shared_ptr<const Tree> directory_tree(const std::filesystem::path& path);

// A tree in memory, for tests and for what is embedded in the binary: path -> content. A content
// that begins with "-> " is a symbolic link to the rest.
std::shared_ptr<const Tree> memory_tree(std::map<std::string, std::string> files,
                                        std::string commit = "");

// Joins and normalises: ("apps/a", "../b") -> "apps/b". Error(repository) when it leaves the root.
std::string join_path(std::string_view directory, std::string_view path);

}  // namespace celldrift::git
