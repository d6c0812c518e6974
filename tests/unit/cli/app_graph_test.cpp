#include "cli/app_graph.hpp"

#include <doctest/doctest.h>

namespace celldrift::cli {
namespace {

using Exists = std::vector<bool>;

AppNode declared(std::vector<std::size_t> children = {}, std::vector<std::size_t> reads = {}) {
  return {.is_declared = true, .children = std::move(children), .reads = std::move(reads)};
}

AppNode made(std::vector<std::size_t> children = {}, std::vector<std::size_t> reads = {}) {
  return {.children = std::move(children), .reads = std::move(reads)};
}

TEST_CASE("what is declared exists, and what it makes, to any depth") {
  CHECK(existing({declared({1}), made({2}), made(), declared()}) == Exists{true, true, true, true});
}

TEST_CASE("a file that an Application renders is no object of its own") {
  // 0 reads the file of 1 and makes 2 of it
  CHECK(existing({declared({2}, {1}), declared(), made()}) == Exists{true, false, true});
  // as it is: 1 is both
  CHECK(existing({declared({1}, {1}), declared()}) == Exists{true, true});
}

TEST_CASE("what only a file that is no object would make does not exist") {
  CHECK(existing({declared({}, {1}), declared({2}), made()}) == Exists{true, false, false});
}

TEST_CASE("an Application that renders itself exists") {
  CHECK(existing({declared({0}, {0})}) == Exists{true});
  CHECK(existing({declared({0, 1}, {0, 1}), declared()}) == Exists{true, true});
}

TEST_CASE("of a circle all exist") {
  CHECK(existing({declared({1}, {1}), declared({0}, {0})}) == Exists{true, true});
}

TEST_CASE("what a circle renders in another form is not taken for its beginning") {
  // 0 is a base that the circle 1 renders as 2
  CHECK(existing({declared(), declared({1, 2}, {0, 1}), made()}) == Exists{false, true, true});
}

}  // namespace
}  // namespace celldrift::cli
