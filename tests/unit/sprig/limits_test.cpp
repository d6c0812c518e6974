#include "celldrift/core/error.hpp"
#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("what would eat memory is stopped by the heap's budget") {
  const std::string_view texts[] = {
      R"({{ repeat 1000000000 "x" }})",
      R"({{ repeat 9223372036854775807 "x" }})",
      R"({{ indent 1000000000 "x" }})",
      R"({{ nindent 100000 (repeat 100000 "\n") }})",
      R"({{ until 1000000000 }})",
      R"({{ untilStep 0 9223372036854775807 4611686018427387904 }})",  // Go never ends
      R"({{ seq 1000000000 }})",
      R"({{ replace "" (repeat 100000 "x") (repeat 100000 "y") }})",
      R"({{ wrapWith 1 (repeat 100000 "x") (repeat 100000 "y") }})",
      R"({{ join (repeat 100000 "x") (splitList "" (repeat 100000 "y")) }})",
      R"({{ $x := list 1 }}{{ range until 60 }}{{ $x = concat $x $x }}{{ end }})",
      R"({{ $x := "x" }}{{ range until 60 }}{{ $x = cat $x $x }}{{ end }})",
      R"({{ $d := dict }}{{ $x := set $d "d" $d }}{{ deepCopy $d }})",
      R"({{ $d := dict }}{{ $x := set $d "d" $d }}{{ $e := dict }}{{ $x = set $e "d" $e }}{{ merge $d $e }})",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    gotemplate::Heap heap(16u << 20);
    gotemplate::TemplateSet set(sprig::functions());
    set.parse("base", text);
    ErrorCode code = ErrorCode::internal;
    try {
      set.execute("base", {}, heap);
    } catch (const Error& error) {
      code = error.code();
    }
    CHECK(code == ErrorCode::limit);
  }
}

TEST_CASE("many items are searched in less than quadratic time") {
  CHECK(test::run_template(sprig::functions(), "{{ len (uniq (until 200000)) }}") == "200000");
  CHECK(test::run_template(sprig::functions(), R"({{ len (split "," (repeat 100000 "a,")) }})") ==
        "100001");
}
