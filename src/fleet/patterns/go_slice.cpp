#include "fleet/patterns/go_slice.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::fleet {
namespace {

// How Go 1.26's arrays of texts grow when one text is appended: by doubling at first, then by a
// quarter, rounded up to what its allocator has.
constexpr std::size_t first_capacities[] = {1, 2, 4, 8, 16, 32, 71, 143, 303, 591, 1023, 1535};

std::size_t grown(std::size_t capacity) {
  const auto* larger = std::ranges::upper_bound(first_capacities, capacity);
  if (larger != std::end(first_capacities)) {
    return *larger;
  }
  constexpr std::size_t in_a_page = 512;
  const std::size_t wanted = capacity + (capacity + 768) / 4;
  return (wanted + in_a_page - 1) / in_a_page * in_a_page;
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
