// Entries: a map's entries while it is being written, each key once.
#pragma once

#include "celldrift/core/value.hpp"

#include <string_view>
#include <unordered_map>

namespace celldrift::fleet {

class Entries {
 public:
  // A later value replaces an earlier one, in its place.
  void set(SharedString key, Value value) {
    const auto [place, is_new] = places_.try_emplace(key.view(), entries_.size());
    if (is_new) {
      entries_.push_back({std::move(key), std::move(value)});
    } else {
      entries_[place->second].value = std::move(value);
    }
  }
  Value::Map take() {
    places_.clear();
    return std::move(entries_);
  }
  Value take_map() { return Value::map(take()); }

 private:
  Value::Map entries_;
  std::unordered_map<std::string_view, std::size_t> places_;  // views into shared strings
};

}  // namespace celldrift::fleet
