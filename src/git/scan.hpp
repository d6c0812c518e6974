// All the files of a work tree that count, found in one pass.
#pragma once

#include "celldrift/git/tree.hpp"
#include "git/files.hpp"
#include "git/tracked.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::git {

struct Found {
  std::string path;        // "" is the root
  std::size_t parent = 0;  // index in the result; the root is its own
  EntryKind kind = EntryKind::file;
  std::string oid;               // of links and submodules; of the rest still to be computed
  std::string target;            // of links
  std::optional<Error> failure;  // why it cannot be read
};

// Directories come before what is in them. Error(limit) for a work tree without end.
std::vector<Found> scan(const Folder& folder, const Tracked& tracked);

}  // namespace celldrift::git
