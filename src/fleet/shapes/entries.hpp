// Entries: a map's entries while it is being written, each key once.
#pragma once

#include "celldrift/core/value.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

namespace celldrift::fleet {

class Entries {
 public:
  Entries() = default;
  // Of a map's entries, to which more may come.
  explicit Entries(std::span<const Value::Entry> entries)
      : entries_(entries.begin(), entries.end()) {
    note_places();
  }

  // A later value replaces an earlier one, in its place.
  void set(SharedString key, Value value) {
    if (const auto known = place_of(key)) {
      entries_[*known].value = std::move(value);
      return;
    }
    entries_.push_back({std::move(key), std::move(value)});
    note_places();
  }
  Value::Map take() {
    places_.clear();
    return std::move(entries_);
  }
  Value take_map() { return Value::map(take()); }

 private:
  static constexpr std::size_t few = 16;  // that are looked through one by one

  std::optional<std::size_t> place_of(const SharedString& key) const {
    if (entries_.size() > few) {
      const auto known = places_.find(key.view());
      return known == places_.end() ? std::nullopt : std::optional(known->second);
    }
    const auto known = std::ranges::find(entries_, key, &Value::Entry::key);
    return known == entries_.end() ? std::nullopt
                                   : std::optional(std::size_t(known - entries_.begin()));
  }
  void note_places() {
    if (entries_.size() <= few) {
      return;
    }
    for (std::size_t i = places_.size(); i < entries_.size(); ++i) {
      places_.emplace(entries_[i].key.view(), i);
    }
  }

  Value::Map entries_;
  // Views into shared strings; none while there are few entries.
  std::unordered_map<std::string_view, std::size_t> places_;
};

}  // namespace celldrift::fleet
