// Objects: content by id. The commits of a repository, the files of a work tree and a tree in
// memory differ in this alone; one Tree walks them all.
#pragma once

#include "celldrift/git/tree.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

using Directory = std::vector<Entry>;  // in byte order of the names, no name twice

inline constexpr std::size_t max_file_bytes = std::size_t{100} << 20;
inline constexpr std::size_t max_directory_bytes = std::size_t{64} << 20;

// Safe to use from several threads at once. An id that cannot be read is an Error that says why.
class Objects {
 public:
  virtual ~Objects() = default;
  virtual std::shared_ptr<const Directory> directory(const std::string& oid) const = 0;
  // Of a file, or the target of a symbolic link.
  virtual std::shared_ptr<const std::string> content(const std::string& oid) const = 0;
};

// The Tree whose root is the directory `root`.
std::shared_ptr<const Tree> tree_of(std::shared_ptr<const Objects> objects,
                                    std::string root,
                                    std::string commit);

// Error(repository) for names that no checkout could have: "", ".", "..", ".git", with "/" or NUL.
void check_entry_name(std::string_view name);

// One entry of a directory as git stores it: "<mode> <name>", a NUL and 20 bytes.
struct StoredEntry {
  std::string_view mode;
  std::string_view name;
  std::string_view oid;  // bytes
};
// Takes the first entry off; nothing when that is none.
std::optional<StoredEntry> take_stored_entry(std::string_view& raw);
std::string hex_of_bytes(std::string_view bytes);

// A directory as git stores it, and back. Parsing takes any bytes: what is no directory, and what
// hides names from a checkout (doubled, or forbidden ones), is an Error(repository).
Directory parse_directory(std::string_view raw);
std::string write_directory(Directory entries);

}  // namespace celldrift::git
