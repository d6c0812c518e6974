// SharedList: a list that never changes once it is shared.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace celldrift {

// Copies hold the same list, so that what is alike is held once. Read it as a vector; its own() is
// the way to change it. Several threads may read and copy it.
template <class Item>
class SharedList {
 public:
  using List = std::vector<Item>;
  using value_type = Item;
  using const_iterator = typename List::const_iterator;

  SharedList() = default;
  // NOLINTBEGIN(google-explicit-constructor): a list is what this is
  SharedList(List items) : list_(std::make_shared<const List>(std::move(items))) {}
  SharedList(std::initializer_list<Item> items) : SharedList(List(items)) {}
  // NOLINTEND(google-explicit-constructor)

  const_iterator begin() const { return list().begin(); }
  const_iterator end() const { return list().end(); }
  std::size_t size() const { return list().size(); }
  bool empty() const { return list().empty(); }
  const Item& operator[](std::size_t i) const { return list()[i]; }
  const Item& front() const { return list().front(); }
  const Item& back() const { return list().back(); }

  const List& list() const { return list_ == nullptr ? none : *list_; }

  // Makes a copy that nobody else holds, to be changed until this is copied or asked for it again
  // (each call makes one).
  List& own() {
    auto copy = std::make_shared<List>(list());
    list_ = copy;
    return *copy;
  }

  // The same only when both hold the one list, as long as both live: equal lists are told to be so
  // at no cost. Of two empty ones that tells nothing.
  const void* identity() const { return list_.get(); }

 private:
  static inline const List none;

  std::shared_ptr<const List> list_;
};

}  // namespace celldrift
