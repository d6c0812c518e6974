// ObjectTable: all objects that were read of a cell, looked up by identity and by kind.
#pragma once

#include "celldrift/core/object.hpp"

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::observe {

class KnownSecrets;

// An object, as one version of its kind shows it: the one of its apiVersion.
struct LiveObject {
  ObjectKey key;
  Value object;  // Secret values are already replaced by keyed hashes, managedFields are there
};

// Sorted by key; an object is there once for each version that was read of its kind, the one that
// the server prefers first.
using ObjectRun = std::vector<LiveObject>;

// Immutable, and cheap to copy: copies share what they hold. Safe for use by several threads at
// once.
//
// Which table it is tells what is in it: two that are the same (is_same(), or by equal address())
// have the same objects. A SnapshotReader gives the same table for all cells that have equal ones,
// so that whatever follows from the objects alone can be kept by address() and worked out once. Who
// keeps an address must keep a copy with it, lest another table comes to lie there.
class ObjectTable {
 public:
  using Pointers = std::span<const LiveObject* const>;

  ObjectTable();  // no objects
  // In the order of ObjectRun.
  explicit ObjectTable(ObjectRun objects);
  ObjectTable(std::initializer_list<LiveObject> objects) : ObjectTable(ObjectRun(objects)) {}
  // Of runs, one behind the other in that order. Nothing is copied. None is null.
  explicit ObjectTable(std::vector<std::shared_ptr<const ObjectRun>> runs);

  // Objects at all their versions.
  std::size_t size() const { return all().size(); }
  bool empty() const { return size() == 0; }
  const LiveObject& operator[](std::size_t i) const { return *all()[i]; }
  class Iterator;
  Iterator begin() const;
  Iterator end() const;

  // By identity, nullptr when it is not there: as `api_version` shows it, else, and where that is
  // "", as the preferred version does. O(1).
  const Value* find(const ObjectKey& key, std::string_view api_version = "") const;
  // Each object once, at the preferred version.
  Pointers distinct() const;
  // Those of a kind, each once. O(log n).
  Pointers of_kind(const GroupKind& kind) const;
  // distinct() by value, made for the first who asks.
  const std::vector<std::pair<ObjectKey, Value>>& distinct_objects() const;
  // Of its Secrets, whose values are hashes. Made for the first who asks.
  const KnownSecrets& known_by_hash() const;

  bool is_same(const ObjectTable& other) const { return table_ == other.table_; }
  const void* address() const { return table_.get(); }

  // With all objects as `change` gives them; the same table where they are as they were. Keys and
  // versions stay.
  ObjectTable changed(const std::function<Value(const LiveObject&)>& change) const;
  // Without those of a kind.
  ObjectTable without(const GroupKind& kind) const;

 private:
  struct Table;
  Pointers all() const;

  std::shared_ptr<const Table> table_;
};

class ObjectTable::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = LiveObject;
  using difference_type = std::ptrdiff_t;
  using pointer = const LiveObject*;
  using reference = const LiveObject&;

  Iterator() = default;
  explicit Iterator(const LiveObject* const* at) : at_(at) {}
  const LiveObject& operator*() const { return **at_; }
  const LiveObject* operator->() const { return *at_; }
  Iterator& operator++() {
    ++at_;
    return *this;
  }
  Iterator operator++(int) { return Iterator(at_++); }
  bool operator==(const Iterator&) const = default;

 private:
  const LiveObject* const* at_ = nullptr;
};

inline ObjectTable::Iterator ObjectTable::begin() const {
  return Iterator(all().data());
}

inline ObjectTable::Iterator ObjectTable::end() const {
  return Iterator(all().data() + all().size());
}

}  // namespace celldrift::observe
