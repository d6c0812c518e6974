// What many threads look up by hashes, in several containers, so that they seldom meet at one.
#pragma once

#include "celldrift/core/hash.hpp"

#include <cstddef>
#include <memory>
#include <mutex>

namespace celldrift::observe {

inline constexpr std::size_t shard_count = 64;

template <class Container>
struct LockedShard {
  std::mutex using_it;
  Container content;
};

// What `use` gives of the one container of shard_count that is for the hash; nobody else uses it
// meanwhile.
template <class Shard, class Use>
auto with_shard(const std::unique_ptr<Shard[]>& shards, const Hash& hash, const Use& use) {
  Shard& shard = shards[hash.high % shard_count];
  const std::lock_guard lock(shard.using_it);
  return use(shard.content);
}

}  // namespace celldrift::observe
