#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift::sprig_test;

// What Go's text/template gives with sprig 3.3.0.
TEST_CASE("values are written as encoding/json writes them") {
  check({
      {"{{ toJson (dict \"b\" 1 \"a\" (list nil true 1.5 \"x\")) }}",
       "{\"a\":[null,true,1.5,\"x\"],\"b\":1}"},
      {"{{ toJson \"<a href=\\\"x\\\">&\\u2028\\x00\\b\\f\\n\\r\\t\\x7f\" }} {{ toRawJson "
       "\"<&>\\u2029\" }}",
       "\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\u2028\\u0000\\b\\f\\n\\r\\t\177\" \"<&>\\u2029\""},
      {"{{ toJson (list 1e6 1e20 1e21 1e-6 1e-7 123456789.0 -0.5 0.1 5e-324) }}",
       "[1000000,100000000000000000000,1e+21,0.000001,1e-7,123456789,-0.5,0.1,5e-324]"},
      {"{{ toJson \"a\\xff\" }} {{ toJson (rest (list)) }} {{ toJson (list) }} {{ toJson nil }}",
       "\"a\\ufffd\" null [] null"},
      {"{{ toPrettyJson (dict \"a\" (list 1 (dict)) \"b\" (dict \"c\" (list))) }}",
       "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\": []\n  }\n}"},
      {"{{ toPrettyJson \"a\" }} {{ toPrettyJson (list) }}", "\"a\" []"},
  });
}

TEST_CASE("what JSON cannot hold") {
  check({
      {"[{{ toJson (float64 \"NaN\") }}]", "[]"},
      {"{{ mustToJson (list (float64 \"inf\")) }}",
       "error: mustToJson: json: unsupported value: +Inf"},
      {"{{ toRawJson (float64 \"-inf\") }}", "error: toRawJson: json: unsupported value: -Inf"},
      {"{{ $d := dict }}{{ $x := set $d \"d\" $d }}[{{ toJson $d }}]", "[]"},
      {"{{ $d := dict }}{{ $x := set $d \"d\" $d }}[{{ mustToJson $d }}]",
       "error: mustToJson: json: unsupported value: encountered a cycle via map[string]interface "
       "{}"},
  });
}

TEST_CASE("texts are read as encoding/json reads them") {
  check({
      {"{{ fromJson \"{\\\"b\\\":[1,2.5,null,true],\\\"a\\\":\\\"x\\\"}\" | toJson }} {{ typeOf "
       "(fromJson \"1\") }}",
       "{\"a\":\"x\",\"b\":[1,2.5,null,true]} float64"},
      {"{{ fromJson \"{\\\"a\\\":1,\\\"a\\\":2}\" | toJson }} {{ fromJson \" [ ] \" | toJson }} {{ "
       "fromJson \"\\\"\\\\u00e9\\\\ud83d\\\\ude00\\\\ud800\\\\/\\\"\" }}",
       "{\"a\":2} [] é😀�/"},
      {"[{{ fromJson \"{\" }}] [{{ fromJson \"\" }}] {{ fromJson \"[1,1e400,2]\" | toJson }}",
       "[<no value>] [<no value>] [1,null,2]"},
  });
}

TEST_CASE("syntax errors are named as Go names them") {
  check({
      {"{{ mustFromJson \"\" }}", "error: mustFromJson: unexpected end of JSON input"},
      {"{{ mustFromJson \"{\" }}", "error: mustFromJson: unexpected end of JSON input"},
      {"{{ mustFromJson \"[1,]\" }}",
       "error: mustFromJson: invalid character ']' looking for beginning of value"},
      {"{{ mustFromJson \"{,}\" }}",
       "error: mustFromJson: invalid character ',' looking for beginning of object key string"},
      {"{{ mustFromJson \"{\\\"a\\\" 1}\" }}",
       "error: mustFromJson: invalid character '1' after object key"},
      {"{{ mustFromJson \"{\\\"a\\\":1 \\\"b\\\"}\" }}",
       "error: mustFromJson: invalid character '\"' after object key:value pair"},
      {"{{ mustFromJson \"[1 2]\" }}",
       "error: mustFromJson: invalid character '2' after array element"},
      {"{{ mustFromJson \"tru\" }}",
       "error: mustFromJson: invalid character ' ' in literal true (expecting 'e')"},
      {"{{ mustFromJson \"nulx\" }}",
       "error: mustFromJson: invalid character 'x' in literal null (expecting 'l')"},
      {"{{ mustFromJson \"-\" }}", "error: mustFromJson: invalid character ' ' in numeric literal"},
      {"{{ mustFromJson \"1.\" }}",
       "error: mustFromJson: invalid character ' ' after decimal point in numeric literal"},
      {"{{ mustFromJson \"1e\" }}",
       "error: mustFromJson: invalid character ' ' in exponent of numeric literal"},
      {"{{ mustFromJson \"01\" }}",
       "error: mustFromJson: invalid character '1' after top-level value"},
      {"{{ mustFromJson \"\\\"a\" }}", "error: mustFromJson: unexpected end of JSON input"},
      {"{{ mustFromJson \"\\\"\\\\x\\\"\" }}",
       "error: mustFromJson: invalid character 'x' in string escape code"},
      {"{{ mustFromJson \"\\\"\\\\u12g\\\"\" }}",
       "error: mustFromJson: invalid character 'g' in \\u hexadecimal character escape"},
      {"{{ mustFromJson \"\\\"a\\tb\\\"\" }}",
       "error: mustFromJson: invalid character '\\t' in string literal"},
      {"{{ mustFromJson \"1 2\" }}",
       "error: mustFromJson: invalid character '2' after top-level value"},
      {"{{ mustFromJson \"'a'\" }}",
       "error: mustFromJson: invalid character '\\'' looking for beginning of value"},
      {"{{ mustFromJson \"[1e400]\" }}",
       "error: mustFromJson: json: cannot unmarshal number 1e400 into Go value of type float64"},
      {"{{ mustFromJson \"\\u00e9\" }}",
       "error: mustFromJson: invalid character 'Ã' looking for beginning of value"},
  });
}
