// Patterns of field paths, as rules write them.
#include "celldrift/audit/path_pattern.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/path.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

Path::Step item(std::string key, std::string value) {
  return Path::Item{{{std::move(key), Value::string(value)}}, 0};
}

const Path image =
    Path() / "spec" / "template" / "spec" / "containers" / item("name", "app") / "image";
const Path annotation = Path() / "metadata" / "annotations" / "example.com/owner";
const Path port =
    Path() / "spec" / "ports" /
    Path::Step(Path::Item{{{"port", Value::integer(80)}, {"protocol", Value::string("TCP")}}, 1}) /
    "nodePort";
const Path argument = Path() / "spec" / "args" / Path::Step(Path::Index{2});
const Path finalizer =
    Path() / "metadata" / "finalizers" / Path::Step(Path::Member{Value::string("a.b/c"), 0});
const Path dotted = Path() / "data" / "a\"].b[x]";

TEST_CASE("a pattern is about what it names, and all below it") {
  struct Case {
    const char* pattern;
    const Path& path;
    bool covers;
  };
  const Case cases[] = {
      {"spec.template.spec.containers[name=app].image", image, true},
      {"spec.template.spec.containers[name=a*].image", image, true},
      {"spec.template.spec.containers[name=web].image", image, false},
      {"spec.template.spec.containers[*].image", image, true},
      {"spec.template.spec.containers[*]", image, true},
      {"spec.template", image, true},
      {"spec.templat", image, false},
      {"spec.template.spec.containers.image", image, false},
      {"spec.template.spec.containers[name=app].image.tag", image, false},
      {"spec.**.image", image, true},
      {"spec.**.name", image, false},
      {"**.image", image, true},
      {"**", image, true},
      {"spec.template.spec.**.containers[*].**.image", image, true},
      {"*.*.spec", image, true},
      {"/spec/template/spec/containers/0/image", image, true},
      {"/spec/template/spec/containers/*/image", image, true},
      {"/spec/**/image", image, true},
      {"/spec/template/spec/containers/1", image, false},
      // names with dots
      {"metadata.annotations[\"example.com/owner\"]", annotation, true},
      {"metadata.annotations[\"example.com/*\"]", annotation, true},
      {"metadata.annotations[*]", annotation, true},
      {"metadata.annotations", annotation, true},
      {"metadata.annotations.example", annotation, false},
      {"metadata.labels[*]", annotation, false},
      {"/metadata/annotations/example.com~1owner", annotation, true},
      {"data[\"a*\"]", dotted, true},
      // items by several keys, by place, by what they are
      {"spec.ports[port=80]", port, true},
      {"spec.ports[protocol=TCP,port=80].nodePort", port, true},
      {"spec.ports[port=80,protocol=UDP].nodePort", port, false},
      {"spec.ports[port=8]", port, false},
      {"spec.args[2]", argument, true},
      {"spec.args[1]", argument, false},
      {"/spec/args/2", argument, true},
      {"metadata.finalizers[a.b/c]", finalizer, true},
      {"metadata.finalizers[a.b/*]", finalizer, true},
      {"metadata.finalizers[d]", finalizer, false},
  };
  for (const Case& row : cases) {
    CAPTURE(row.pattern);
    CAPTURE(row.path.text());
    CHECK(PathPattern::parse(row.pattern).covers(row.path.text(), row.path.pointer()) ==
          row.covers);
  }
}

std::string selected(const char* pattern, const char* tree) {
  std::string text;
  PathPattern::parse(pattern).select(yaml::parse(tree).value,
                                     [&](const Value& value, const std::string& path) {
                                       text += path + "=" + yaml::canonical_json(value) + " ";
                                     });
  return text;
}

TEST_CASE("a pattern selects values of a tree, in order") {
  constexpr auto tree =
      "spec: {vpcId: v, net: {subnetIds: [a, b], vpcId: w}, rules: [{host: x}, {name: m, host: "
      "z}]}\nmetadata: {annotations: {a.b/c: '1', d: '2'}, finalizers: [f, g]}\n";
  CHECK(selected("spec.vpcId", tree) == "spec.vpcId=\"v\" ");
  CHECK(selected("spec.**.vpcId", tree) == "spec.vpcId=\"v\" spec.net.vpcId=\"w\" ");
  CHECK(selected("spec.net.subnetIds", tree) == "spec.net.subnetIds=[\"a\",\"b\"] ");
  CHECK(selected("spec.rules[*].host", tree) ==
        "spec.rules[0].host=\"x\" spec.rules[name=m].host=\"z\" ");
  CHECK(selected("spec.rules[name=m].host", tree) == "spec.rules[name=m].host=\"z\" ");
  CHECK(selected("spec.rules[0]", tree) == "spec.rules[0]={\"host\":\"x\"} ");
  CHECK(selected("metadata.annotations[\"a.b/*\"]", tree) ==
        "metadata.annotations[\"a.b/c\"]=\"1\" ");
  CHECK(selected("metadata.finalizers[g]", tree) == "metadata.finalizers[1]=\"g\" ");
  CHECK(selected("/spec/rules/*/host", tree) ==
        "spec.rules[0].host=\"x\" spec.rules[name=m].host=\"z\" ");
  CHECK(selected("nothing.here", tree).empty());
}

TEST_CASE("what is no pattern is refused, with the forms that are") {
  for (const char* text : {"", ".", "a.", "a..b", "a[b", "a[]", "a[x=1,y]", "a]b", "a[\"b]"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(PathPattern::parse(text), doctest::Contains("is no path: "), Error);
  }
  CHECK_THROWS_AS(PathPattern::parse(std::string(3000, 'a')), Error);
  std::string deep = "a";
  for (int i = 0; i < 100; ++i) {
    deep += ".a";
  }
  CHECK_THROWS_AS(PathPattern::parse(deep), Error);
}

TEST_CASE("no pattern takes long") {
  std::string pattern = "**";
  std::string path = "a";
  for (int i = 0; i < 30; ++i) {
    pattern += ".a*a*a*.**";
  }
  for (int i = 0; i < 300; ++i) {
    path += ".aaaaaaaaaaaaaaaa";
  }
  CHECK_FALSE(PathPattern::parse(pattern + ".b").covers(path, ""));
}

}  // namespace
}  // namespace celldrift::audit
