#include "celldrift/core/unicode.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace celldrift;

namespace {

// How many characters a class has and the sum of their numbers, as Go's package unicode has them.
struct Extent {
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  bool operator==(const Extent&) const = default;
};

Extent extent(bool (*is)(char32_t)) {
  Extent all;
  for (char32_t point = 0; point <= 0x110000; ++point) {
    if (is(point)) {
      ++all.count;
      all.sum += point;
    }
  }
  return all;
}

std::uint64_t sum(char32_t (*convert)(char32_t)) {
  std::uint64_t total = 0;
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    total += std::uint64_t{convert(point)} * (point + 1);
  }
  return total;
}

}  // namespace

TEST_CASE("characters belong to the classes that Go puts them in") {
  CHECK(extent(is_letter) == Extent{136104, 14773782966});
  CHECK(extent(is_digit) == Extent{680, 32783620});
  CHECK(extent(is_number) == Extent{1831, 103544065});
  CHECK(extent(is_punctuation) == Extent{842, 27984827});
  CHECK(extent(is_titlecase) == Extent{31, 220514});
  CHECK(extent(is_uppercase) == Extent{1831, 85228200});
  CHECK(extent(is_lowercase) == Extent{2233, 103102186});
  CHECK(extent(is_space) == Extent{25, 141586});
  CHECK(extent(is_printable) == Extent{148998, 15750900724});
}

TEST_CASE("characters change case as in Go") {
  CHECK(sum(to_upper) == 460962047036796688);
  CHECK(sum(to_lower) == 460962181323599054);
  CHECK(sum(to_title) == 460962046437996730);
}
