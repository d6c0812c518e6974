#include "compare/meaning/quantity.hpp"

#include <doctest/doctest.h>

#include <string>

using celldrift::compare::Rounding;
using celldrift::compare::same_quantity;

TEST_CASE("quantities are equal when their amounts are") {
  struct Case {
    const char* stated;
    const char* stored;
    bool same;
  };
  const Case cases[] = {
      {"1000m", "1", true},
      {"0.5", "500m", true},
      {"1Gi", "1024Mi", true},
      {"1Gi", "1073741824", true},
      {"1e3", "1k", true},
      {"1E3", "1000", true},
      {"1E", "1000000000000000000", true},
      {"100M", "100Mi", false},
      {"+1", "1", true},
      {"-1", "1", false},
      {"0", "0m", true},
      {"1.50", "1500m", true},
      {".5", "500m", true},
      {"5.", "5", true},
      // The API server rounds up to what it can keep.
      {"0.0001", "1m", true},
      {"100.0000000001n", "101n", true},
      // No quantities: equal to themselves alone.
      {"abc", "abc", true},
      {"abc", "1", false},
      {"1.2.3", "1.2.3", true},
      {"1.2.3", "1.2", false},
      {"1e99999999999", "1", false},
      {"", "0", false},
      {"1Ki ", "1Ki", false},
  };
  for (const Case& c : cases) {
    SUBCASE((std::string(c.stated) + " and " + c.stored).c_str()) {
      CHECK(same_quantity(c.stated, c.stored, Rounding::milli) == c.same);
    }
  }
}

TEST_CASE("what the API server keeps as text is not rounded") {
  CHECK(same_quantity("0.0001", "100u", Rounding::none));
  CHECK_FALSE(same_quantity("0.0001", "1m", Rounding::none));
  CHECK_FALSE(same_quantity("0.0001", "1m", Rounding::nano));
  CHECK(same_quantity("100.0000000001n", "101n", Rounding::nano));
}
