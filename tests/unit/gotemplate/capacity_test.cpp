#include "celldrift/gotemplate/capacity.hpp"

#include "celldrift/gotemplate/any.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace celldrift::gotemplate;

TEST_CASE("a list that is appended to grows in the steps that Go 1.26 takes") {
  std::set<std::size_t> steps;
  for (std::size_t length = 1; length < 23000; ++length) {
    steps.insert(appended_capacity(length, interface_type));
  }
  CHECK(steps == std::set<std::size_t>{1,    2,    4,    8,     16,    32,    71,
                                       143,  303,  591,  1023,  1535,  2560,  3584,
                                       5120, 6656, 8704, 11264, 14336, 18432, 23552});
}

TEST_CASE("append makes room for all that it is given at once") {
  CHECK(grown_capacity(17, 18, interface_type) == 35);
  CHECK(grown_capacity(1, 18, interface_type) == 18);
  CHECK(grown_capacity(1, 33, interface_type) == 35);  // past 512 bytes with 8 more in front
  CHECK(grown_capacity(5, 5, interface_type) == 5);
  CHECK(appended_capacity(257, int_type) == 512);
  CHECK(appended_capacity(5, list_type) == 8);
}

TEST_CASE("a list read from JSON has room behind its items") {
  Heap heap;
  const celldrift::Value value = celldrift::Value::list(
      {celldrift::Value::integer(1), celldrift::Value::integer(2), celldrift::Value::integer(3)});
  const Any list = heap.from_value(value);
  CHECK(list.items().size() == 3);
  CHECK(list.slice_node()->capacity() == 4);
  const Any longer = heap.make_slice_of(list, 1, 4);
  CHECK(longer.items().size() == 3);
  CHECK(longer.items()[2].is_nil());
}
