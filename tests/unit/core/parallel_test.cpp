#include "celldrift/core/parallel.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <vector>

using namespace celldrift;

TEST_CASE("every index is worked on once, on one thread or many") {
  for (const std::size_t threads : {0u, 1u, 2u, 8u, 100u}) {
    std::vector<std::atomic<int>> calls(1000);
    for_each_index(calls.size(), threads, [&](std::size_t i) { ++calls[i]; });
    for (const auto& count : calls) {
      CHECK(count == 1);
    }
  }
}

TEST_CASE("no work is no work") {
  for_each_index(0, 4, [](std::size_t) { FAIL("called"); });
}

TEST_CASE("an error of the lowest index comes out, after the rest is done") {
  std::atomic<int> done{0};
  const auto work = [&](std::size_t i) {
    ++done;
    if (i % 10 == 3) {
      throw Error(ErrorCode::internal, "at " + std::to_string(i));
    }
  };
  CHECK_THROWS_WITH_AS(for_each_index(100, 4, work), "at 3", Error);
  CHECK(done == 100);
}
