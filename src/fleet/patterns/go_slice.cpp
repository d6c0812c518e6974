#include "fleet/patterns/go_slice.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::fleet {
namespace {

// Go's growth, without its rounding up to the sizes that its allocator has past 512.
std::size_t grown(std::size_t capacity) {
  constexpr std::size_t doubled_below = 256;
  if (capacity < doubled_below) {
    return std::max<std::size_t>(1, 2 * capacity);
  }
  return capacity + (capacity + 3 * doubled_below) / 4;
}

}  // namespace

void GoSlice::append(std::string text) {
  if (size_ == array_->size()) {
    auto larger = std::make_shared<std::vector<std::string>>(*array_);
    larger->resize(grown(size_));
    array_ = std::move(larger);
  }
  (*array_)[size_++] = std::move(text);
}

void GoSlice::merge(std::size_t first, std::size_t newest) {
  std::vector<std::string>& texts = *array_;
  const auto at = [&](std::size_t i) { return texts.begin() + static_cast<std::ptrdiff_t>(i); };
  for (; first < newest; ++first) {
    if (texts[first] == texts[newest]) {
      std::copy(at(newest + 1), at(size_), at(newest));
      if (--size_ == newest) {
        break;
      }
    } else if (texts[first] > texts[newest]) {
      const std::string late = std::exchange(texts[first], texts[newest]);
      std::size_t to = newest + 1;
      for (; to < size_ && texts[to] < late; ++to) {
        texts[to - 1] = texts[to];
      }
      texts[to - 1] = late;
    }
  }
}

}  // namespace celldrift::fleet
