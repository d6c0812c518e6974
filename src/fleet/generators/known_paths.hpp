// KnownPaths: what git generators say of a path, made once however many cells ask for it.
#pragma once

#include "celldrift/core/value.hpp"

#include <map>
#include <string>
#include <utility>

namespace celldrift::fleet {

// A matrix of clusters and directories comes by each directory once for each cluster. Of one
// ApplicationSet; holds as many trees as it has distinct paths. Not thread-safe.
class KnownPaths {
 public:
  // The tree {basename, basenameNormalized, filename, filenameNormalized, path, segments} of a
  // directory and the file in it ("": none, and then no keys for it), all with that mark.
  const Value& tree(const std::string& directory, const std::string& file, const Mark& mark);

 private:
  struct Key {
    std::string directory;
    std::string file;
    Mark mark;
  };
  struct Before {
    bool operator()(const Key& a, const Key& b) const;
  };

  std::map<Key, Value, Before> trees_;
};

}  // namespace celldrift::fleet
