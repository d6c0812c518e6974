#include "cli/table.hpp"

#include <doctest/doctest.h>

using celldrift::cli::table;
using celldrift::cli::wrapped_table;

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

TEST_CASE("a table fits a width: its widest cells are cut in the middle") {
  const std::vector<std::vector<std::string>> rows = {
      {"NAME", "PATH"}, {"a", "apps/backend/overlays/cell-a"}, {"bb", "x"}};
  CHECK(table(rows, 19) ==
        "NAME  PATH\n"
        "a     apps/b…cell-a\n"
        "bb    x\n");
  CHECK(table(rows, 80) == table(rows));
  // No column gets narrower than its header, or than can be read.
  CHECK(table(rows, 1) ==
        "NAME  PATH\n"
        "a     app…ll-a\n"
        "bb    x\n");
}

TEST_CASE("a table is wrapped below its columns: names stay whole") {
  const std::vector<std::vector<std::string>> rows = {
      {"NAME", "DOES", "FROM"},
      {"defaults/addresses", "may differ between größte cells", "rules/packs/defaults.yaml:4"},
      {"flux", "hides", "x"}};
  CHECK(wrapped_table(rows, 42, 1) ==
        "NAME                DOES        FROM\n"
        "defaults/addresses  may differ  rules/\n"
        "                    between     packs/\n"
        "                    größte      defaults.\n"
        "                    cells       yaml:4\n"
        "flux                hides       x\n");
  CHECK(wrapped_table(rows, 100, 1) == table(rows));
  CHECK(wrapped_table({{"A", "B"}, {"a", "0123456789abcdef0123"}}, 12, 1) ==
        "A  B\n"
        "a  012345678\n"
        "   9abcdef01\n"
        "   23\n");
}

TEST_CASE("letters of several bytes are cut whole") {
  CHECK(celldrift::cli::shortened("größe-äöü", 5) == "gr…öü");
  CHECK(celldrift::cli::shortened("abc", 3) == "abc");
}
