#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift::sprig_test;

// What Go's text/template gives with sprig 3.3.0.
TEST_CASE("lists grow into new lists") {
  check({
      {"{{ $l := list 1 2 }}{{ append $l 3 }} {{ push $l 4 }} {{ prepend $l 0 }} {{ $l }} {{ "
       "mustAppend $l nil }}",
       "[1 2 3] [1 2 4] [0 1 2] [1 2] [1 2 <nil>]"},
      {"{{ append (splitList \",\" \"a,b\") 1 }} {{ typeOf (append (until 2) 5) }}",
       "[a b 1] []interface {}"},
      {"{{ concat (list 1) (splitList \",\" \"a,b\") (until 2) }} {{ concat | toJson }} {{ concat "
       "(list) | toJson }}",
       "[1 a b 0 1] null null"},
  });
}

TEST_CASE("parts of lists") {
  check({
      {"{{ first (list 1 2 3) }} {{ last (list 1 2 3) }} {{ rest (list 1 2 3) }} {{ initial (list "
       "1 2 3) }}",
       "1 3 [2 3] [1 2]"},
      {"{{ first (list) }} {{ rest (list) | toJson }} {{ initial (list) | toJson }} {{ last (list) "
       "}}",
       "<no value> null null <no value>"},
      {"{{ slice (list 1 2 3) 1 }} {{ slice (list 1 2 3) 1 2 }} {{ slice (list 1 2 3) }} {{ slice "
       "(list) 1 5 | toJson }} {{ typeOf (slice (until 3) 1) }}",
       "[2 3] [2] [1 2 3] null []int"},
      {"{{ slice (list 1 2 3) 2 1 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice (list 1 2 3) 0 4 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice \"abc\" 1 }}", "error: slice: list should be type of slice or array but string"},
      {"{{ chunk 2 (list 1 2 3) | toJson }} {{ chunk 5 (list 1) | toJson }} {{ chunk 2 (list) | "
       "toJson }} {{ chunk -2 (list 1) | toJson }}",
       "[[1,2],[3]] [[1]] [] [[1]]"},
      {"{{ chunk 0 (list 1 2) }}", "error: chunk: runtime error: makeslice: len out of range"},
      {"{{ chunk -1 (list 1) }}", "error: chunk: runtime error: makeslice: len out of range"},
  });
}

TEST_CASE("slices reach as far as Go's capacity") {
  check({
      {"{{ slice (fromJson \"[1,2,3]\") 0 4 | toJson }} {{ slice (append (list 1 2) 3) 2 4 | "
       "toJson }} {{ slice (until 3) 0 4 }} {{ slice (slice (list 1 2 3) 0 1) 0 3 }}",
       "[1,2,3,null] [3,null] [0 1 2 0] [1 2 3]"},
      {"{{ slice (fromJson \"[1,2,3]\") 0 5 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice (append (list) 1) 0 2 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice (prepend (list 1) 0) 0 3 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ len (slice (append (until 17) 1) 0 35) }} {{ len (slice (concat (until 33)) 0 71) }} {{ "
       "len (slice (until 1500) 0 1792) }}",
       "35 71 1792"},
      {"{{ slice (append (until 17) 1) 0 36 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice (splitList \",\" \"a,b\") 0 3 }}",
       "error: slice: reflect.Value.Slice: slice index out of bounds"},
      {"{{ slice (keys (dict \"a\" 1 \"b\" 2 \"c\" 3)) 3 4 | toJson }}", "[\"\"]"},
  });
}

TEST_CASE("what equals is what DeepEqual says") {
  check({
      {"{{ uniq (list 1 1 \"1\" 1.0 (list 1) (list 1) nil nil) | toJson }}",
       "[1,\"1\",1,[1],null]"},
      {"{{ without (list 1 2 3 \"2\") 2 | toJson }} {{ without (list nil 1) nil | toJson }} {{ "
       "without (list 1) | toJson }}",
       "[1,3,\"2\"] [1] [1]"},
      {"{{ has 4 (list 1 4) }} {{ has 4 (list 4.0) }} {{ has 4 nil }} {{ has (dict \"a\" 1) (list "
       "(dict \"a\" 1)) }}",
       "true false false true"},
      {"{{ compact (list 0 1 \"\" \"a\" false nil (list) (dict)) | toJson }} {{ reverse (list 1 2 "
       "3) }}",
       "[1,\"a\"] [3 2 1]"},
  });
}

TEST_CASE("what is no list is refused") {
  check({
      {"{{ append nil 1 }}",
       "error: append: runtime error: invalid memory address or nil pointer dereference"},
      {"{{ append \"a\" 1 }}", "error: append: Cannot push on type string"},
      {"{{ prepend 1 1 }}", "error: prepend: Cannot prepend on type int"},
      {"{{ first \"a\" }}", "error: first: Cannot find first on type string"},
      {"{{ last (dict) }}", "error: last: Cannot find last on type map"},
      {"{{ rest nil }}",
       "error: rest: runtime error: invalid memory address or nil pointer dereference"},
      {"{{ initial 1 }}", "error: initial: Cannot find initial on type int"},
      {"{{ reverse \"a\" }}", "error: reverse: Cannot find reverse on type string"},
      {"{{ compact 1 }}", "error: compact: Cannot compact on type int"},
      {"{{ uniq 1 }}", "error: uniq: Cannot find uniq on type int"},
      {"{{ without 1 1 }}", "error: without: Cannot find without on type int"},
      {"{{ has 1 \"a\" }}", "error: has: Cannot find has on type string"},
      {"{{ chunk 1 \"a\" }}", "error: chunk: Cannot chunk type string"},
      {"{{ concat (list) \"a\" }}", "error: concat: Cannot concat type string as list"},
      {"{{ concat nil }}",
       "error: concat: runtime error: invalid memory address or nil pointer dereference"},
  });
}
