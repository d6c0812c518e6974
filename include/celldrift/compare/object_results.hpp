// How the objects of one Application stand in one cell.
#pragma once

#include "celldrift/compare/match.hpp"

#include <initializer_list>
#include <memory>
#include <vector>

namespace celldrift::compare {

// A list of results that never changes once it is shared: copies hold the same list, so that cells
// that are alike hold one between them. Read it as a vector; its own() is the way to change it.
// Several threads may read and copy it.
class ObjectResults {
 public:
  using List = std::vector<ObjectResult>;
  using value_type = ObjectResult;
  using const_iterator = List::const_iterator;

  ObjectResults() = default;
  // NOLINTBEGIN(google-explicit-constructor): a list of results is what this is
  ObjectResults(List results) : list_(std::make_shared<const List>(std::move(results))) {}
  ObjectResults(std::initializer_list<ObjectResult> results) : ObjectResults(List(results)) {}
  // NOLINTEND(google-explicit-constructor)

  const_iterator begin() const { return list().begin(); }
  const_iterator end() const { return list().end(); }
  std::size_t size() const { return list().size(); }
  bool empty() const { return list().empty(); }
  const ObjectResult& operator[](std::size_t i) const { return list()[i]; }
  const ObjectResult& front() const { return list().front(); }
  const ObjectResult& back() const { return list().back(); }

  // Makes a copy that nobody else holds, to be changed until this is copied or asked for it again
  // (each call makes one).
  List& own() {
    auto copy = std::make_shared<List>(list());
    list_ = copy;
    return *copy;
  }

  // The same only when both hold the one list: equal lists are told to be so at no cost. Of two
  // empty ones that tells nothing.
  const void* identity() const { return list_.get(); }

 private:
  const List& list() const { return list_ == nullptr ? none : *list_; }

  static inline const List none;

  std::shared_ptr<const List> list_;
};

}  // namespace celldrift::compare
