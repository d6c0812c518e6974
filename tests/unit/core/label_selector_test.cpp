#include "celldrift/core/label_selector.hpp"

#include "celldrift/core/error.hpp"

#include <doctest/doctest.h>

using celldrift::Error;
using celldrift::LabelSelector;
using celldrift::Value;

TEST_CASE("labels are selected as kubectl does it") {
  const Value labels = Value::map({{"app", Value::string("web")},
                                   {"example.com/tier", Value::string("1")},
                                   {"empty", Value::string("")}});
  struct Case {
    const char* filter;
    bool with_labels;
    bool without;
  };
  const Case cases[] = {
      {"", true, true},
      {"  ", true, true},
      {"app", true, false},
      {"!app", false, true},
      {"! nope", true, true},
      {"app=web", true, false},
      {"app==web", true, false},
      {"app = web", true, false},
      {"app!=web", false, true},
      {"app!=db", true, true},
      {"empty=", true, false},
      {"app in (db, web)", true, false},
      {"app in(web)", true, false},
      {"app notin (db, web)", false, true},
      {"app notin (db)", true, true},
      {"example.com/tier=1,app=web", true, false},
      {"app in (a,web),example.com/tier notin (2,3),!x", true, false},
      {"app=web,app=db", false, false},
      {"example.com/tier>0", true, false},
      {"example.com/tier<1", false, false},
      {"app>0", false, false},
  };
  for (const Case& row : cases) {
    CAPTURE(row.filter);
    const LabelSelector filter(row.filter);
    CHECK(filter.matches(&labels) == row.with_labels);
    CHECK(filter.matches(nullptr) == row.without);
  }
}

TEST_CASE("what is no selector is refused with the part that is wrong") {
  for (const char* text :
       {",", "a=b,", "=b", "!", "a in b", "a in (b", "a b", "a=b c", "a>b", "ä=1"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(LabelSelector{text}, doctest::Contains("label selector: "), Error);
  }
}
