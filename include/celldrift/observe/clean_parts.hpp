// What Scrubbers found to have nothing to hide, by content, so that what sibling cells have in
// common is looked at once. Only that is remembered, never what was hidden: equal contents that
// come from two places are told apart by their marks.
#pragma once

#include "celldrift/core/hash.hpp"
#include "celldrift/observe/known_secrets.hpp"
#include "celldrift/observe/secrets.hpp"

#include <deque>
#include <memory>
#include <mutex>

namespace celldrift::observe {

// Of Scrubbers that hide the same. Thread-safe.
class CleanParts {
 public:
  CleanParts();
  ~CleanParts();

  bool has(const Hash& part) const;
  void add(const Hash& part);

 private:
  struct Shard;
  std::unique_ptr<Shard[]> shards_;
};

// For Scrubbers with the same rules. Thread-safe.
class CleanPartsBySecrets {
 public:
  // What Scrubbers with that set and key share. Kept for the newest few sets, since those of other
  // cells may differ in all of them.
  std::shared_ptr<CleanParts> of(const KnownSecrets& known, const SecretKey& key);

 private:
  struct Kept {
    Hash secrets;
    std::shared_ptr<CleanParts> parts;
  };

  std::mutex using_it_;
  std::deque<Kept> kept_;  // the newest last
};

}  // namespace celldrift::observe
