#include "cli/table.hpp"

#include <doctest/doctest.h>

using celldrift::cli::table;

TEST_CASE("columns line up and the last is not padded") {
  CHECK(table({{"CELL", "SERVER"}, {"a", "https://a"}, {"cell-b", ""}}) ==
        "CELL     SERVER\n"
        "a        https://a\n"
        "cell-b   -\n");
}

TEST_CASE("letters of several bytes take one column") {
  CHECK(table({{"A", "B"}, {"größe", "x"}}) ==
        "A       B\n"
        "größe   x\n");
}

TEST_CASE("names cannot move the cursor") {
  CHECK(table({{"a\x1b[2J"}}) == "a\\x1b[2J\n");
}
