// The entries of two maps, stated and live, gone through together.
#pragma once

#include "celldrift/core/value.hpp"

#include <cstdint>
#include <string_view>

namespace celldrift::compare {

// Which entries of live Git states as well: those that were found, so that none is looked up twice.
// `want` and `live` must outlive it.
class StatedEntries {
 public:
  StatedEntries(const Value& want, const Value& live) : want_(want), live_(live) {}

  // The live entry's value; nullptr when there is none.
  const Value* find(const SharedString& key) {
    const Value* value = live_.find(key);
    if (value != nullptr && is_small()) {
      found_ |= std::uint64_t{1} << index_of(*value);
    }
    return value;
  }

  // To be asked when every stated key was looked for.
  bool has(const Value::Entry& entry) const {
    return is_small() ? (found_ >> index_of(entry.value) & 1) != 0
                      : want_.find(entry.key) != nullptr;
  }

 private:
  bool is_small() const { return live_.size() <= 64; }  // bits of found_
  std::size_t index_of(const Value& value) const {
    const auto offset = reinterpret_cast<const char*>(&value) -
                        reinterpret_cast<const char*>(live_.entries().data());
    return std::size_t(offset) / sizeof(Value::Entry);
  }

  const Value& want_;
  const Value& live_;
  std::uint64_t found_ = 0;
};

// Has the memory of what a list or map holds on its way before it is looked at. Of thousands of
// objects none is in the processor's caches, and to wait for one leaf after the other takes longer
// than the rest. (Names are in the caches.) The empty statements are there because GCC 12 drops
// loops that do nothing but this.
inline void fetch_ahead(const Value& value) {
  for (const Value& item : value.items()) {
    asm volatile("");
    item.fetch_ahead();
  }
  for (const Value::Entry& entry : value.entries()) {
    asm volatile("");
    entry.value.fetch_ahead();
  }
}

}  // namespace celldrift::compare
