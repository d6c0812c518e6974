// KnownPaths: what git generators say of a path, made once however many cells ask for it.
#pragma once

#include "celldrift/core/value.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace celldrift::fleet {

// A matrix of clusters and directories comes by each directory once for each cluster. Of one
// ApplicationSet; holds as many trees as it has distinct paths. Not thread-safe.
class KnownPaths {
 public:
  // The tree {basename, basenameNormalized, filename, filenameNormalized, path, segments} of a
  // directory and the file in it ("": none, and then no keys for it), all with that mark.
  const Value& tree(const std::string& directory, const std::string& file, const Mark& mark);

 private:
  template <typename Text>
  struct KeyOf {
    Text directory;
    Text file;
    Mark mark;
  };
  // Also of the views that are asked for.
  struct KeyHash {
    using is_transparent = void;
    template <typename Text>
    std::size_t operator()(const KeyOf<Text>& key) const {
      const std::hash<std::string_view> hash;
      return (hash(key.directory) * 31 + hash(key.file)) * 31 + key.mark.source;
    }
  };
  struct KeyEqual {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const KeyOf<A>& a, const KeyOf<B>& b) const {
      return a.mark == b.mark && a.directory == b.directory && a.file == b.file;
    }
  };

  std::unordered_map<KeyOf<std::string>, Value, KeyHash, KeyEqual> trees_;
};

}  // namespace celldrift::fleet
