#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift::sprig_test;

// What Go's text/template gives with sprig 3.3.0.
TEST_CASE("maps are made, read and changed in place") {
  check({
      {"{{ $d := dict \"a\" 1 2 \"b\" \"c\" }}{{ toJson $d }} {{ get $d \"a\" }} [{{ get $d \"x\" "
       "}}] {{ hasKey $d \"c\" }}",
       "{\"2\":\"b\",\"a\":1,\"c\":\"\"} 1 [] true"},
      {"{{ $d := dict }}{{ $e := set $d \"k\" 1 }}{{ $d.k }} {{ $f := unset $d \"k\" }}{{ len $e "
       "}}",
       "1 0"},
      {"{{ keys (dict \"b\" 1) (dict \"a\" 2) }} {{ values (dict \"b\" 1) }} {{ pluck \"a\" (dict "
       "\"a\" 1) (dict \"b\" 2) (dict \"a\" 3) }}",
       "[b a] [1] [1 3]"},
      {"{{ pick (dict \"a\" 1 \"b\" 2) \"a\" \"x\" | toJson }} {{ omit (dict \"a\" 1 \"b\" 2) "
       "\"a\" \"x\" | toJson }}",
       "{\"a\":1} {\"b\":2}"},
      {"{{ set nil \"a\" 1 }}", "error: set: assignment to entry in nil map"},
      {"{{ get nil \"a\" }}[{{ hasKey nil \"a\" }}] {{ pick nil \"a\" }} {{ unset nil \"a\" | "
       "toJson }}",
       "[false] map[] null"},
  });
}

TEST_CASE("dig goes down until a key is missing") {
  check({
      {"{{ dig \"a\" \"b\" \"no\" (dict \"a\" (dict \"b\" 1)) }} {{ dig \"a\" \"x\" \"no\" (dict "
       "\"a\" (dict \"b\" 1)) }} {{ dig \"x\" \"y\" \"no\" (dict) }}",
       "1 no no"},
      {"{{ dig \"a\" \"b\" \"no\" (dict \"a\" \"text\") }}",
       "error: dig: interface conversion: interface {} is string, not map[string]interface {}"},
      {"{{ dig \"a\" (dict) }}", "error: dig: dig needs at least three arguments"},
      {"{{ dig \"a\" \"no\" \"text\" }}",
       "error: dig: interface conversion: interface {} is string, not map[string]interface {}"},
      {"{{ dig 1 \"no\" (dict) }}",
       "error: dig: interface conversion: interface {} is int, not string"},
      {"{{ dig \"a\" \"b\" \"no\" (dict \"a\" nil) }}",
       "error: dig: interface conversion: interface {} is nil, not map[string]interface {}"},
  });
}

TEST_CASE("merge keeps what is there and not empty") {
  check({
      {"{{ $d := dict \"a\" 1 \"b\" \"\" \"m\" (dict \"x\" 1) }}{{ $r := merge $d (dict \"a\" 2 "
       "\"b\" \"B\" \"c\" 3 \"m\" (dict \"x\" 9 \"y\" 2)) }}{{ toJson $d }}",
       "{\"a\":1,\"b\":\"B\",\"c\":3,\"m\":{\"x\":1,\"y\":2}}"},
      {"{{ merge (dict) (dict \"a\" nil) (dict \"a\" (list)) | toJson }} {{ merge (dict \"a\" "
       "(list)) (dict \"a\" (list 1)) | toJson }}",
       "{\"a\":[]} {\"a\":[1]}"},
      {"{{ $s := dict \"m\" (dict \"x\" 1) }}{{ $d := merge (dict) $s }}{{ $x := set $d.m \"x\" 2 "
       "}}{{ $s.m.x }}",
       "2"},
      {"{{ merge nil (dict \"a\" 1) | toJson }} {{ merge (dict \"a\" 1) nil | toJson }} {{ merge "
       "nil nil | toJson }}",
       "{\"a\":1} {\"a\":1} null"},
  });
}

TEST_CASE("mergeOverwrite lets what comes later win, empty or not") {
  check({
      {"{{ $d := dict \"a\" 1 \"b\" 2 \"l\" (list 1 2) \"m\" (dict \"x\" 1) }}{{ $r := "
       "mergeOverwrite $d (dict \"a\" 0 \"b\" nil \"l\" (list) \"m\" (dict \"y\" 2)) }}{{ toJson "
       "$d }}",
       "{\"a\":0,\"b\":null,\"l\":[],\"m\":{\"x\":1,\"y\":2}}"},
      {"{{ mergeOverwrite (dict \"a\" (dict \"x\" 1)) (dict \"a\" \"text\") | toJson }} {{ "
       "mergeOverwrite (dict \"a\" \"text\") (dict \"a\" (dict \"x\" 1)) | toJson }}",
       "{\"a\":\"text\"} {\"a\":{\"x\":1}}"},
      {"{{ mustMergeOverwrite (dict \"a\" 1) (dict \"a\" 2) (dict \"a\" 3) | toJson }}",
       "{\"a\":3}"},
  });
}

TEST_CASE("maps of strings take strings only") {
  check({
      {"{{ merge (dict \"m\" (split \",\" \"a\")) (dict \"m\" (dict \"b\" 1)) }}",
       "error: merge: reflect.Value.SetMapIndex: value of type interface {} is not assignable to "
       "type string"},
      {"{{ mergeOverwrite (dict \"m\" (split \",\" \"a\")) (dict \"m\" (dict \"_0\" (list 1))) }}",
       "error: mergeOverwrite: reflect: call of reflect.Value.IsNil on string Value"},
      {"{{ mergeOverwrite (dict \"m\" (split \",\" \"a\")) (dict \"m\" (split \",\" \"b,c\")) | "
       "toJson }}",
       "{\"m\":{\"_0\":\"b\",\"_1\":\"c\"}}"},
      {"{{ get (split \",\" \"a\") \"_0\" }}",
       "error: wrong type for value; expected map[string]interface {}; got map[string]string"},
  });
}

TEST_CASE("a copy shares nothing") {
  check({
      {"{{ $d := dict \"m\" (dict \"x\" 1) \"l\" (list (dict \"y\" 1)) }}{{ $c := deepCopy $d }}{{ "
       "$x := set $c.m \"x\" 2 }}{{ $y := set (first $c.l) \"y\" 2 }}{{ toJson $d }} {{ toJson $c "
       "}}",
       "{\"l\":[{\"y\":1}],\"m\":{\"x\":1}} {\"l\":[{\"y\":2}],\"m\":{\"x\":2}}"},
      {"{{ deepCopy nil }}", "error: deepCopy: reflect: call of reflect.Value.Type on zero Value"},
      {"{{ typeOf (deepCopy (until 2)) }} {{ mustDeepCopy \"a\" }}", "[]int a"},
  });
}

TEST_CASE("defaults look at emptiness") {
  check({
      {"{{ default \"d\" \"\" }} {{ default \"d\" 0 }} {{ default \"d\" \"v\" }} {{ default \"d\" "
       "}} {{ \"\" | default \"d\" }} {{ default \"d\" (list) }} {{ default \"d\" false }}",
       "d d v d d d d"},
      {"{{ empty nil }} {{ empty 0.0 }} {{ empty (dict) }} {{ empty \" \" }} {{ coalesce 0 \"\" "
       "nil (list) 5 6 }} {{ coalesce }} {{ all 1 \"a\" }} {{ all 1 0 }} {{ all }} {{ any 0 \"\" 1 "
       "}} {{ any }}",
       "true true true false 5 <no value> true false true true false"},
      {"{{ ternary \"yes\" \"no\" true }} {{ false | ternary 1 2 }}", "yes 2"},
      {"{{ fail \"wrong thing\" }}", "error: fail: wrong thing"},
      {"{{ ternary 1 2 \"x\" }}", "error: expected bool; found \"x\""},
      {"{{ hello }}", "Hello!"},
  });
}

TEST_CASE("types are named as Go names them") {
  check({
      {"{{ typeOf nil }} {{ typeOf 1 }} {{ typeOf 1.0 }} {{ typeOf \"a\" }} {{ typeOf true }} {{ "
       "typeOf (list) }} {{ typeOf (dict) }} {{ typeOf (split \"\" \"\") }} {{ typeOf (until 1) }} "
       "{{ typeOf (chunk 1 (list)) }}",
       "<nil> int float64 string bool []interface {} map[string]interface {} map[string]string "
       "[]int [][]interface {}"},
      {"{{ kindOf nil }} {{ kindOf 1 }} {{ kindOf (list) }} {{ kindOf (dict) }} {{ kindIs "
       "\"string\" \"a\" }} {{ typeIs \"int\" 1 }} {{ typeIsLike \"int\" 1 }} {{ typeIsLike \"in\" "
       "1 }} {{ deepEqual (list 1 (dict \"a\" nil)) (list 1 (dict \"a\" nil)) }} {{ deepEqual 1 "
       "1.0 }}",
       "invalid int slice map true true true false true false"},
  });
}
