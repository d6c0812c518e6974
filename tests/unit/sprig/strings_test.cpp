#include "unit/sprig/run.hpp"

#include <doctest/doctest.h>

using namespace celldrift::sprig_test;

// What Go's text/template gives with sprig 3.3.0.
TEST_CASE("texts are cut by bytes") {
  check({
      {"{{ trunc 3 \"hello\" }}", "hel"},
      {"{{ trunc -3 \"hello\" }}", "llo"},
      {"{{ trunc -9 \"hello\" }}", "hello"},
      {"{{ substr 1 3 \"hello\" }}", "el"},
      {"{{ substr -1 3 \"hello\" }}", "hel"},
      {"{{ substr 2 -1 \"hello\" }}", "llo"},
      {"{{ substr 1 99 \"hello\" }}", "ello"},
      {"{{ abbrev 5 \"hello world\" }}", "he..."},
      {"{{ abbrev 3 \"hello\" }}", "hello"},
      {"{{ abbrevboth 5 10 \"1234 5678 9123\" }}", "...5678..."},
      {"{{ abbrevboth 5 8 \"the quick brown fox\" }}", "...ui..."},
  });
}

TEST_CASE("cutting out of bounds fails as Go's slices do") {
  check({
      {"{{ substr 4 2 \"hello\" }}",
       "error: substr: runtime error: slice bounds out of range [4:2]"},
      {"{{ substr -1 9 \"hello\" }}",
       "error: substr: runtime error: slice bounds out of range [:9] with length 5"},
      {"{{ substr -1 -2 \"hello\" }}",
       "error: substr: runtime error: slice bounds out of range [:-2]"},
      {"{{ substr 7 -1 \"hello\" }}",
       "error: substr: runtime error: slice bounds out of range [7:5]"},
      {"{{ repeat -1 \"a\" }}", "error: repeat: strings: negative Repeat count"},
      {"{{ indent -2 \"a\" }}", "error: indent: strings: negative Repeat count"},
      {"{{ repeat 4611686018427387904 \"abcd\" }}",
       "error: repeat: strings: Repeat output length overflow"},
  });
}

TEST_CASE("texts are padded, wrapped and replaced") {
  check({
      {"{{ repeat 3 \"ab\" }}", "ababab"},
      {"{{ indent 2 \"a\\nb\" }}", "  a\n  b"},
      {"{{ nindent 2 \"a\\n\\nb\" }}", "\n  a\n  \n  b"},
      {"{{ wrap 5 \"Hello World and all\" }}", "Hello\nWorld\nand\nall"},
      {"{{ wrap 3 \"Hello World\" }}", "Hello\nWorld"},
      {"{{ wrapWith 5 \"|\" \"HelloWorldAgain x\" }}", "Hello|World|Again|x"},
      {"{{ wrapWith 3 \"\" \"abcdef\" }}", "abc\ndef"},
      {"{{ replace \"l\" \"L\" \"hello\" }}", "heLLo"},
      {"{{ replace \"\" \"-\" \"añb\" }}", "-a-ñ-b-"},
      {"{{ nospace \"a b\\tc\" }}", "abc"},
      {"{{ nospace \"é x\" }}", "Ã©x"},
      {"{{ plural \"one\" \"many\" 1 }} {{ plural \"one\" \"many\" 0 }}", "one many"},
  });
}

TEST_CASE("ends are trimmed") {
  check({
      {"[{{ trim \"\\u2003 a b\\n\" }}]", "[a b]"},
      {"{{ trimAll \"$€\" \"€$5.00$\" }}", "5.00"},
      {"{{ trimall \"ab\" \"bab-a\" }}", "-"},
      {"{{ trimPrefix \"-\" \"--a\" }}", "-a"},
      {"{{ trimSuffix \"-\" \"a--\" }}", "a-"},
      {"{{ trimAll \"\" \"aa\" }}", "aa"},
      {"{{ hasPrefix \"a\" \"abc\" }} {{ hasSuffix \"a\" \"abc\" }} {{ contains \"b\" \"abc\" }}",
       "true false true"},
  });
}

TEST_CASE("words change case as xstrings and goutils do it") {
  check({
      {"{{ camelcase \"http_server\" }} {{ camelcase \"_complex__case_\" }} {{ camelcase \"GOLANG "
       "IS-great\" }} {{ camelcase \"__\" }}",
       "HttpServer _Complex_Case_ GolangIsGreat ___"},
      {"{{ snakecase \"HTTPServer2xx\" }} {{ snakecase \"Bld4Floor3rd\" }} {{ snakecase "
       "\"GO-PATH\" }} {{ snakecase \"a1B2\" }}",
       "http_server_2xx bld4_floor_3rd go_path a1_b2"},
      {"{{ kebabcase \"HTTPStatus20xOK\" }} {{ kebabcase \"日本Go\" }} {{ kebabcase \"x—y.z\" }}",
       "http-status-20x-ok 日本-go x—y.z"},
      {"{{ title \"the ǆ o'neill 2nd-best\" }}", "The ǅ O'Neill 2nd-Best"},
      {"{{ untitle \"The First Time\" }}", "the first time"},
      {"{{ swapcase \"This Is A.Test\" }}", "tHIS iS a.tEST"},
      {"{{ initials \"First Try\" }} {{ initials \"é b\" }}", "FT Ãb"},
      {"{{ upper \"straße ı\" }} {{ lower \"ÀİK\" }}", "STRAßE I àik"},
  });
}

TEST_CASE("several values are joined and quoted") {
  check({
      {"{{ cat \"a\" nil 1 2.5 (list 1 \"x\") }}", "a 1 2.5 [1 x]"},
      {"{{ quote \"a\\\"b\" nil 1 (list \"x\") \"é\\u2028\" }}",
       "\"a\\\"b\" \"1\" \"[x]\" \"é\\u2028\""},
      {"{{ squote \"a\" 1 nil (dict \"k\" \"v\") }}", "'a' '1' 'map[k:v]'"},
      {"{{ join \"-\" (list 1 nil \"a\" true 2.5) }}", "1-a-true-2.5"},
      {"{{ join \",\" \"abc\" }}", "abc"},
      {"{{ join \",\" nil }}", ""},
      {"{{ toStrings (list 1 nil \"a\") }} {{ toStrings 5 }} {{ toStrings nil }}", "[1 a] [5] []"},
      {"{{ sortAlpha (list \"c\" \"a\" \"B\" 1) }}", "[1 B a c]"},
      {"{{ sortAlpha 5 }}", "[5]"},
      {"{{ toString (list 1 2) }} {{ toString 1e6 }}", "[1 2] 1e+06"},
  });
}

TEST_CASE("sortAlpha sorts a list of strings in place, parts of lists included") {
  check({
      {"{{ $l := splitList \",\" \"c,b,a\" }}{{ $x := sortAlpha $l }}{{ $l }}", "[a b c]"},
      {"{{ $l := splitList \",\" \"c,b,a\" }}{{ $x := sortAlpha (slice $l 0 2) }}{{ $l }}",
       "[b c a]"},
      {"{{ $l := list \"c\" \"a\" }}{{ $x := sortAlpha $l }}{{ $l }} {{ $x }}", "[c a] [a c]"},
  });
}

TEST_CASE("texts are split into lists and numbered maps") {
  check({
      {"{{ splitList \",\" \"a,b,,c\" | toJson }}", "[\"a\",\"b\",\"\",\"c\"]"},
      {"{{ splitList \"\" \"añb\" | toJson }}", "[\"a\",\"ñ\",\"b\"]"},
      {"{{ splitList \"\" \"\" | toJson }} {{ splitList \",\" \"\" | toJson }}", "[] [\"\"]"},
      {"{{ (split \"$\" \"foo$bar$baz\")._1 }}", "bar"},
      {"{{ split \",\" \"a,b\" | toJson }}", "{\"_0\":\"a\",\"_1\":\"b\"}"},
      {"{{ splitn \",\" 2 \"a,b,c\" | toJson }}", "{\"_0\":\"a\",\"_1\":\"b,c\"}"},
      {"{{ splitn \",\" 0 \"a,b\" | toJson }} {{ splitn \"\" 2 \"abc\" | toJson }} {{ typeOf "
       "(split \"\" \"\") }}",
       "{} {\"_0\":\"a\",\"_1\":\"bc\"} map[string]string"},
  });
}

TEST_CASE("encodings round trip, and say what is wrong") {
  check({
      {"{{ b64enc \"é\" }} {{ b64dec \"w6k=\" }}", "w6k= é"},
      {"{{ b64dec \"YQ\" }}", "illegal base64 data at input byte 0"},
      {"{{ b64dec \"YQ=x\" }}", "illegal base64 data at input byte 2"},
      {"{{ b64dec \"Y!\" }}", "illegal base64 data at input byte 1"},
      {"{{ b64dec \"YQ==YQ==\" }}", "illegal base64 data at input byte 4"},
      {"{{ b64dec \"Y\\nQ=\\n=\" }}", "a"},
      {"{{ b32enc \"hello\" }} {{ b32enc \"h\" }} {{ b32dec \"NBSWY3DP\" }}",
       "NBSWY3DP NA====== hello"},
      {"{{ b32dec \"NB=====\" }}", "illegal base32 data at input byte 7"},
      {"{{ b32dec \"nb\" }}", "illegal base32 data at input byte 0"},
      {"{{ b32dec \"NBS=====\" }}", "illegal base32 data at input byte 3"},
  });
}

TEST_CASE("paths are Go's") {
  check({
      {"{{ base \"a/b.c\" }} {{ base \"\" }} {{ base \"///\" }} {{ dir \"a/b/c\" }} {{ dir \"/a\" "
       "}} {{ dir \"a\" }} {{ clean \"/../a//b/./../c\" }} {{ clean \"../../a/..\" }} {{ clean "
       "\"\" }} {{ ext \"a.b/c.tar.gz\" }} [{{ ext \"a.b/c\" }}] {{ isAbs \"/a\" }} {{ isAbs \"a\" "
       "}}",
       "b.c . / a/b / . /a/c ../.. . .gz [] true false"},
      {"{{ osBase \"a/b\" }} {{ osDir \"a/b\" }} {{ osClean \"a//b\" }} {{ osExt \"a.b\" }} {{ "
       "osIsAbs \"/\" }}",
       "b a a/b .b true"},
  });
}
