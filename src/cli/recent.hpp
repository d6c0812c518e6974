// Recent: the results of what was lately asked, for who asks the same.
#pragma once

#include "celldrift/core/hash.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace celldrift::cli {

// Results by their Likeness. Thread-safe: of threads that ask the same at one time each may have to
// find out by itself. Kept are those of the last few thousand that were asked for; the rest is
// forgotten half by half.
template <class Result>
class Recent {
 public:
  using Kept = std::shared_ptr<const Result>;

  explicit Recent(std::size_t most) : half_(most / 2) {}

  // nullptr where it is not known (any more).
  Kept find(const Hash& likeness) {
    const std::lock_guard lock(using_it_);
    if (const auto found = newer_.find(likeness); found != newer_.end()) {
      return found->second;
    }
    const auto found = older_.find(likeness);
    if (found == older_.end()) {
      return nullptr;
    }
    Kept kept = std::move(found->second);
    older_.erase(found);
    put(likeness, kept);
    return kept;
  }

  // What is kept then: of two results for one likeness the first.
  Kept add(const Hash& likeness, Kept result) {
    const std::lock_guard lock(using_it_);
    for (const auto* kept : {&newer_, &older_}) {
      if (const auto found = kept->find(likeness); found != kept->end()) {
        return found->second;
      }
    }
    put(likeness, result);
    return result;
  }

 private:
  void put(const Hash& likeness, Kept result) {
    if (newer_.size() >= half_) {
      older_ = std::exchange(newer_, {});
    }
    newer_.emplace(likeness, std::move(result));
  }

  std::size_t half_;
  std::mutex using_it_;
  std::unordered_map<Hash, Kept> newer_;
  std::unordered_map<Hash, Kept> older_;
};

}  // namespace celldrift::cli
