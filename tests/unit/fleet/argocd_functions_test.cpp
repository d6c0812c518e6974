#include "fleet/templates/argocd_functions.hpp"

#include "support/templates.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

void check(const std::vector<test::TemplateCase>& cases) {
  test::check_templates(fleet::argocd_functions(), cases);
}

}  // namespace

// What Argo CD 3.5.7's template functions give.
TEST_CASE("names are normalized as Argo CD's SanitizeName does") {
  check({
      {"{{ normalize \"Cell_A/b.c\" }}", "cell-a-b.c"},
      {"{{ normalize \"İstanbul K É\" }}", "istanbul-k"},
      {"{{ normalize \"--a.b.-\" }}", "a.b"},
      {"{{ normalize (repeat 300 \"a\") | len }}", "253"},
      {"{{ normalize (printf \"%s-b\" (repeat 252 \"a\")) | len }}", "252"},
      {"{{ normalize 1 }}", "error: expected string; found 1"},
  });
}

TEST_CASE("slugify takes a length, a truncation and a name") {
  check({
      {"{{ slugify \"feature/Some_Long.Branch & more\" }}", "feature-some-long-branch-more"},
      {"{{ slugify 10 \"feature/some-long-branch\" }}", "feature"},
      {"{{ slugify 10 true \"feature/some-long-branch\" }}", "feature"},
      {"{{ slugify 10 false \"feature/some-long-branch\" }}", "feature-so"},
      {"[{{ slugify 0 false \"abc\" }}] {{ slugify 0 true \"abc\" }}", "[] abc"},
      {"{{ slugify 8 true \"abcdefghijkl\" }}", "abcdefgh"},
      {"[{{ slugify }}] {{ slugify 5 true \"ignored\" \"the-last-one\" }}", "[] the"},
  });
}

TEST_CASE("slugify fails as Go's type assertions do") {
  check({
      {"{{ slugify 1 }}", "error: slugify: interface conversion: interface {} is int, not string"},
      {"{{ slugify \"5\" \"abc\" }}",
       "error: slugify: interface conversion: interface {} is string, not int"},
      {"{{ slugify 5 1 \"abc\" }}",
       "error: slugify: interface conversion: interface {} is int, not bool"},
      {"{{ slugify nil }}",
       "error: slugify: interface conversion: interface {} is nil, not string"},
      {"{{ slugify 5 true nil }}",
       "error: slugify: interface conversion: interface {} is nil, not string"},
      {"{{ slugify -1 false \"abc\" }}",
       "error: slugify: runtime error: slice bounds out of range [:-1]"},
      {"{{ slugify 5.0 \"abc\" }}",
       "error: slugify: interface conversion: interface {} is float64, not int"},
  });
}

TEST_CASE("toYaml writes as sigs.k8s.io/yaml, without the last line end") {
  check({
      {"{{ toYaml (dict \"b\" (list 1 2.5 \"x\" nil true) \"a\" (dict)) }}",
       "a: {}\nb:\n- 1\n- 2.5\n- x\n- null\n- true"},
      {"{{ toYaml (list) }} {{ toYaml nil }} {{ toYaml \"yes\" }} {{ toYaml 1e20 }} {{ toYaml "
       "100000.0 }} {{ toYaml 1234567.5 }}",
       "[] null \"yes\" 1e+20 100000 1.2345675e+06"},
      {"{{ toYaml (dict \"a\" \"x: y\\nz\" \"b\" \"012\" \"c\" \"<&>\") }}",
       "a: |-\n  x: y\n  z\nb: \"012\"\nc: <&>"},
      {"{{ toYaml (float64 \"NaN\") }}",
       "error: toYaml: error marshaling into JSON: json: unsupported value: NaN"},
      {"{{ toYaml (list \"a\\x7f\") }}", "error: toYaml: yaml: control characters are not allowed"},
      {"{{ dict \"a\" (split \",\" \"x,y\") | toYaml | nindent 2 }}",
       "\n  a:\n    _0: x\n    _1: \"y\""},
  });
}

TEST_CASE("toYaml writes large whole numbers as JSON does, with zeros behind their digits") {
  check({
      {"{{ toYaml 77735595794956176.0 }} {{ toYaml -0.0 }} {{ toYaml 9007199254740993 }}",
       "77735595794956180 0 9007199254740993"},
      {"{{ toYaml 1e18 }} {{ toYaml 9.3e18 }} {{ toYaml 1e21 }}",
       "1000000000000000000 9300000000000000000 1e+21"},
  });
}

TEST_CASE("fromYaml gives maps and fromYamlArray lists") {
  check({
      {"{{ fromYaml \"a: 010\\nb: [yes, 1_000, x]\\ny: 0x1F\" | toJson }}",
       "{\"a\":8,\"b\":[true,1000,\"x\"],\"true\":31}"},
      {"{{ fromYaml \"\" | toJson }} {{ fromYamlArray \"null\" | toJson }} {{ fromYamlArray \"- "
       "1\\n- a: b\" | toJson }}",
       "{} [] [1,{\"a\":\"b\"}]"},
      {"{{ (fromYaml \"a: 1\").a | typeOf }} {{ fromYaml \"a: &x {b: 1}\\nc: *x\" | toJson }}",
       "float64 {\"a\":{\"b\":1},\"c\":{\"b\":1}}"},
      {"{{ fromYaml \"- 1\" }}",
       "error: fromYaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
       "array into Go value of type map[string]interface {}"},
      {"{{ fromYaml \"text\" }}",
       "error: fromYaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
       "string into Go value of type map[string]interface {}"},
      {"{{ fromYaml \"12\" }}",
       "error: fromYaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
       "number into Go value of type map[string]interface {}"},
      {"{{ fromYaml \"true\" }}",
       "error: fromYaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal bool "
       "into Go value of type map[string]interface {}"},
      {"{{ fromYamlArray \"a: 1\" }}",
       "error: fromYamlArray: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
       "object into Go value of type []interface {}"},
      {"{{ fromYamlArray \"1.5\" }}",
       "error: fromYamlArray: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
       "number into Go value of type []interface {}"},
  });
}

TEST_CASE("what reads the machine does not exist") {
  for (const std::string_view name : {"env", "expandenv", "getHostByName"}) {
    CHECK(fleet::argocd_functions().find(name) == nullptr);
  }
}
