#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift::sprig_test;

// What Go's text/template gives with sprig 3.3.0.
TEST_CASE("whole numbers wrap around") {
  check({
      {"{{ add 1 2 \"3\" 4.9 }} {{ add }} {{ add1 \"x\" }} {{ sub 1 5 }} {{ mul 2 3 4 }} {{ mul 7 "
       "}} {{ div 7 2 }} {{ div -7 2 }} {{ mod -7 3 }}",
       "10 0 1 -4 24 7 3 -3 -1"},
      {"{{ add 9223372036854775807 1 }} {{ mul 4611686018427387904 2 }} {{ div "
       "-9223372036854775808 -1 }} {{ mod -9223372036854775808 -1 }}",
       "-9223372036854775808 -9223372036854775808 -9223372036854775808 0"},
      {"{{ div 1 0 }}", "error: div: runtime error: integer divide by zero"},
      {"{{ mod 1 0 }}", "error: mod: runtime error: integer divide by zero"},
      {"{{ max 1 5 3 }} {{ biggest 2 7 }} {{ min 4 \"-2\" }} {{ maxf 1 2.5 \"3.5\" }} {{ minf 1 "
       "\"x\" }}",
       "5 7 -2 3.5 0"},
  });
}

TEST_CASE("texts become numbers as cast reads them") {
  check({
      {"{{ int \"0x10\" }} {{ int \"010\" }} {{ int \"0b11\" }} {{ int \"1_000\" }} {{ int "
       "\"1__0\" }} {{ int \"1.00\" }} {{ int \"1.5\" }} {{ int \" 1\" }} {{ int nil }} {{ int "
       "true }} {{ int 1e300 }} {{ int (list) }}",
       "16 8 3 1000 0 1 0 0 0 1 -9223372036854775808 0"},
      {"{{ int64 \"9223372036854775808\" }} {{ int64 -1.9 }} {{ typeOf (int64 1) }} {{ typeOf (int "
       "1) }}",
       "0 -1 int64 int"},
      {"{{ float64 \"1e3\" }} {{ float64 \"0x1p4\" }} {{ float64 \"inf\" }} {{ float64 \"NaN\" }} "
       "{{ float64 \"1e400\" }} {{ float64 \"1e-400\" }} {{ float64 \"1_0\" }} {{ float64 \"\" }}",
       "1000 16 +Inf NaN 0 0 10 0"},
      {"{{ atoi \"12\" }} {{ atoi \"x\" }} {{ atoi \"99999999999999999999\" }} {{ atoi "
       "\"-99999999999999999999\" }} {{ atoi \"0x1\" }}",
       "12 0 9223372036854775807 -9223372036854775808 0"},
      {"{{ toDecimal \"777\" }} {{ toDecimal 644 }} {{ toDecimal \"8\" }} {{ toDecimal nil }}",
       "511 420 0 0"},
  });
}

TEST_CASE("reals are computed with as decimals") {
  check({
      {"{{ addf 0.1 0.2 }} {{ addf }} {{ add1f 0.1 }} {{ subf 0.3 0.1 0.1 }} {{ mulf 1.1 1.1 }} {{ "
       "divf 10 4 }} {{ divf 1 3 }} {{ divf 2 3 }} {{ divf -2 3 }}",
       "0.3 0 1.1 0.1 1.21 2.5 0.3333333333333333 0.6666666666666667 -0.6666666666666667"},
      {"{{ mulf 1e300 1e300 }} {{ mulf 1e-300 1e-300 }} {{ addf 1e308 1e-308 }} {{ divf 1 3e20 }}",
       "+Inf 0 1e+308 0"},
      {"{{ divf 1 0 }}", "error: divf: decimal division by 0"},
      {"{{ addf \"NaN\" }}", "error: addf: Cannot create a Decimal from NaN"},
      {"{{ mulf \"inf\" 1 }}", "error: mulf: Cannot create a Decimal from +Inf"},
  });
}

TEST_CASE("rounding follows Go's powers of ten") {
  check({
      {"{{ round 123.5555 3 }} {{ round 123.5555 3 0.5 }} {{ round -2.5 0 }} {{ round 2.5 0 }} {{ "
       "round 1234 -2 }} {{ round 1.005 2 }} {{ round 123.555555 3 0.9 }}",
       "123.556 123.556 -3 3 1200 1 123.555"},
      {"{{ ceil 1.1 }} {{ floor -1.1 }} {{ ceil \"x\" }} {{ floor 1e300 }}", "2 -2 0 1e+300"},
      {"{{ round 1 400 }} {{ round 1 -400 }} {{ round \"inf\" 1 }}", "NaN NaN +Inf"},
  });
}

TEST_CASE("sequences end where Go's do") {
  check({
      {"{{ until 5 }} {{ until -3 }} {{ until 0 }} {{ typeOf (until 1) }}",
       "[0 1 2 3 4] [0 -1 -2] [] []int"},
      {"{{ untilStep 0 10 3 }} {{ untilStep 5 0 -2 }} {{ untilStep 0 5 -1 }} {{ untilStep 5 0 1 }}",
       "[0 3 6 9] [5 3 1] [] []"},
      {"{{ seq 3 }} [{{ seq }}] {{ seq -2 }} {{ seq 2 5 }} {{ seq 5 2 }} {{ seq 0 2 6 }} {{ seq 6 "
       "-2 0 }} [{{ seq 6 2 0 }}] [{{ seq 1 2 3 4 }}]",
       "1 2 3 [] 1 0 -1 -2 2 3 4 5 5 4 3 2 0 2 4 6 6 4 2 0 [] []"},
  });
}
