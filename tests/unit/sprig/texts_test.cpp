// Regular expressions, URLs, versions.
#include "sprig/ip_address.hpp"
#include "unit/sprig/expand.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using sprig::test::expand;
using sprig::test::Snippet;

TEST_CASE("regular expressions: plain functions panic, must functions return errors") {
  const Snippet cases[] = {
      {R"({{ regexMatch "^a+$" "aaa" }})", "true"},
      {R"({{ regexMatch "(" "aaa" }})", "false"},
      {R"({{ mustRegexMatch "(" "aaa" }})", "error: error parsing regexp: missing closing ): `(`"},
      {R"({{ regexFind "(" "a" }})",
       "error: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`"},
      {R"({{ regexFind "`(" "a" }})",
       "error: regexp: Compile(\"`(\"): error parsing regexp: missing closing ): ``(`"},
      {R"({{ regexFindAll "a" "banana" 2 | join "," }})", "a,a"},
      {R"({{ regexFindAll "x" "banana" -1 | toJson }})", "null"},
      {R"({{ regexSplit "," "a,b" 0 | toJson }})", "null"},
      {R"({{ regexSplit "," "a,b,c" 2 | toJson }})", "[\"a\",\"b,c\"]"},
      {R"({{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }})", "-W-xxW-"},
      {R"({{ regexReplaceAllLiteral "a" "banana" "$1" }})", "b$1n$1n$1"},
      {R"({{ regexQuoteMeta "1.2" }})", "1\\.2"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("URLs are taken apart and joined as net/url does") {
  const Snippet cases[] = {
      {R"({{ urlParse "proto://auth@host:80/path%2f?query#frag" | toJson }})",
       R"({"fragment":"frag","host":"host:80","hostname":"host","opaque":"","path":"/path/",)"
       R"("query":"query","scheme":"proto","userinfo":"auth"})"},
      {R"({{ (urlParse "mailto:a@b").opaque }})", "a@b"},
      {R"({{ (urlParse "http://[::1%25en0]:80").hostname }})", "::1%en0"},
      {R"({{ urlParse "http://a b" }})",
       "error: unable to parse url: parse \"http://a b\": invalid character \" \" in host name"},
      {R"({{ urlParse "http://a:1:2" }})",
       "error: unable to parse url: parse \"http://a:1:2\": invalid port \":1:2\" after host"},
      {R"({{ urlParse "http://[1.2.3.4]" }})",
       "error: unable to parse url: parse \"http://[1.2.3.4]\": invalid IP-literal"},
      {R"({{ urlParse ":" }})", "error: unable to parse url: parse \":\": missing protocol scheme"},
      {R"({{ urlParse "/%zz" }})",
       "error: unable to parse url: parse \"/%zz\": invalid URL escape \"%zz\""},
      {R"({{ urlJoin (dict "scheme" "http" "host" "h" "path" "a b" "userinfo" "u:p@x") }})",
       "http://u:p%40x@h/a%20b"},
      {R"({{ urlJoin (dict "path" "a:b") }})", "./a:b"},
      {R"({{ urlJoin (dict "host" 1) }})",
       "error: unable to parse host key, must be of type string, but int found"},
      {R"({{ urlJoin (dict "host" nil) }})",
       "error: runtime error: invalid memory address or nil pointer dereference"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("versions have the methods of *semver.Version") {
  const Snippet cases[] = {
      {R"({{ semver "v1.2.3-rc.1+b" }})", "1.2.3-rc.1+b"},
      {R"({{ with semver "v1.2" }}{{ .Major }} {{ .Minor }} {{ .Patch }} {{ .Original }}{{ end }})",
       "1 2 0 v1.2"},
      {R"({{ (semver "v1.2.3-rc.1").IncPatch }} {{ (semver "v1.2.3").IncMinor.Minor }})",
       "1.2.3 3"},
      {R"({{ (semver "1.2.3").Compare (semver "1.10.0") }})", "-1"},
      {R"({{ (semver "1.2.3").SetPrerelease "01" }})", "error: version segment starts with 0"},
      {R"({{ semver "x" }})", "error: invalid semantic version"},
      {R"({{ semverCompare "^1.2" "v1.9" }} {{ semverCompare ">=1" "2.0.0-rc" }})", "true false"},
      {R"({{ semverCompare "foo" "1" }})", "error: improper constraint: foo"},
      {R"({{ semver "1.2" | toJson }} {{ semver "1" | typeOf }} {{ semver "1" | kindOf }})",
       "\"1.2.0\" *semver.Version ptr"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(expand(c.text) == c.result);
  }
}

TEST_CASE("IP addresses are read as net/netip reads them") {
  CHECK(sprig::parse_ip_address("10.0.0.255").is_v4);
  const auto address = sprig::parse_ip_address("fe80::1.2.3.4%eth0");
  CHECK(address.bytes ==
        std::array<std::uint8_t, 16>{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
  CHECK(address.zone == "eth0");
  const char* wrong[] = {"", "x", "1.2.3", "1.2.3.04", "256.1.1.1", "1::2::3", ":::", "1:2", "::%"};
  for (const auto* text : wrong) {
    CAPTURE(text);
    CHECK_THROWS_AS(sprig::parse_ip_address(text), Error);
  }
}
