// What git generators see of repositories: each tree is listed once and each file parsed once,
// however many generators ask.
#pragma once

#include "celldrift/fleet/inputs.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

// All of a tree, in byte order of the whole paths.
struct Listing {
  std::vector<std::string> files;        // links and submodules too, as in git's index
  std::vector<std::string> directories;  // without the root, hidden ones and what is in those
  std::vector<std::string> hidden_directories;
  std::vector<std::string> links;  // and submodules: those of the files that may not be readable
};

class RepositoryFiles {
 public:
  explicit RepositoryFiles(Repositories* repositories) : repositories_(repositories) {}

  // A repository at a revision.
  struct State {
    std::shared_ptr<const git::Tree> tree;
    const Listing* listing;
  };
  // Throws Error(repository); Error(unsupported) when no repositories were given at all.
  State open(const std::string& url, const std::string& revision);

  // The parameter maps in a YAML or JSON file: one, or a list of them, nulls included. Throws
  // Error(parse) for anything else.
  const std::vector<Value>& objects(const git::Tree& tree, const std::string& path);

 private:
  Repositories* repositories_;
  std::map<std::pair<std::string, std::string>, State> states_;
  std::map<const git::Tree*, Listing> listings_;
  std::map<std::pair<std::string, std::string>, std::vector<Value>> parsed_;  // path, object id
};

}  // namespace celldrift::fleet
