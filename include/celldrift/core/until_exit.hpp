// What lives until the process ends.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace celldrift {

// Keeps a value until the process ends, and does not free it then either: the system takes memory
// back at once, where taking a large fleet apart node by node takes longer than to report on it.
// For what a command makes once and needs to its end. Thread-safe.
template <class T>
T& until_exit(T value) {
  static std::mutex mutex;
  static std::list<T>& kept = *std::make_unique<std::list<T>>().release();
  const std::lock_guard lock(mutex);
  return kept.emplace_back(std::move(value));
}

}  // namespace celldrift
