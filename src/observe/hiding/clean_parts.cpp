#include "celldrift/observe/clean_parts.hpp"

#include "observe/shards.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace celldrift::observe {
namespace {

constexpr std::size_t most_kept = 4;  // a cell has two: its own Secrets, and those of both sides
constexpr std::uint64_t key_kind = 0xC1EA4;

// The key decides what is found only where values are known by their hashes.
Hash identity_of(const KnownSecrets& known, const SecretKey& key) {
  Hash identity = known.identity();
  if (known.needs_key()) {
    const Hash of_key = hash_bytes(key.bytes(), key_kind);
    identity.low ^= of_key.low;
    identity.high ^= of_key.high;
  }
  return identity;
}

}  // namespace

struct CleanParts::Shard : LockedShard<std::unordered_set<Hash>> {};

CleanParts::CleanParts() : shards_(std::make_unique<Shard[]>(shard_count)) {}
CleanParts::~CleanParts() = default;

bool CleanParts::has(const Hash& part) const {
  return with_shard(shards_, part, [&](const auto& parts) { return parts.contains(part); });
}

void CleanParts::add(const Hash& part) {
  with_shard(shards_, part, [&](auto& parts) { parts.insert(part); });
}

std::shared_ptr<CleanParts> CleanPartsBySecrets::of(const KnownSecrets& known,
                                                    const SecretKey& key) {
  const Hash secrets = identity_of(known, key);
  const std::lock_guard lock(using_it_);
  const auto found = std::ranges::find(kept_, secrets, &Kept::secrets);
  Kept kept = found == kept_.end() ? Kept{secrets, std::make_shared<CleanParts>()} : *found;
  if (found != kept_.end()) {
    kept_.erase(found);
  } else if (kept_.size() == most_kept) {
    kept_.pop_front();
  }
  return kept_.emplace_back(std::move(kept)).parts;
}

}  // namespace celldrift::observe
