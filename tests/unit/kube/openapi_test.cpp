#include "celldrift/kube/openapi.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/schema_text.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace celldrift;
using namespace celldrift::kube;

namespace {

std::string read_file(const std::string& name) {
  std::ifstream file(std::string(CELLDRIFT_TESTDATA) + "/openapi/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// testdata/openapi/widgets.crd.yaml has every feature of a structural schema.
const Value& definition() {
  static const Value value = yaml::parse(read_file("widgets.crd.yaml")).value;
  return value;
}

// What kube-apiserver 1.35.1 made of it, without descriptions.
const Value& document() {
  static const Value value = yaml::parse_json(read_file("widgets-1.35.1.json")).value;
  return value;
}

const Type& spec_of(const SchemaParts& parts) {
  return *parts.by_kind.at({"example.com/v1", "Widget"})->field("spec");
}

}  // namespace

TEST_CASE("a CRD and the OpenAPI document that the server makes of it give the same types") {
  const auto from_document = read_cell_schema(openapi_text(document(), "example.com/v1"));
  const auto from_definition = read_cell_schema(definition_text(definition()));
  const Type& a = spec_of(*from_document);
  const Type& b = spec_of(*from_definition);
  REQUIRE(a.fields.size() == b.fields.size());
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    const Field& left = a.fields[i];
    const Field& right = b.fields[i];
    CAPTURE(left.name);
    CHECK(left.name == right.name);
    CHECK(left.type->kind == right.type->kind);
    CHECK(left.type->scalar_kind == right.type->scalar_kind);
    CHECK(left.type->list_kind == right.type->list_kind);
    CHECK(left.type->list_keys == right.type->list_keys);
    CHECK(left.type->map_kind == right.type->map_kind);
    CHECK(left.type->nullable == right.type->nullable);
    CHECK(left.type->embedded == right.type->embedded);
    CHECK(left.type->preserve_unknown == right.type->preserve_unknown);
    CHECK(left.type->fields.size() == right.type->fields.size());
    if (left.name != "nulldef") {  // OpenAPI loses a default of null
      CHECK((left.default_value == nullptr) == (right.default_value == nullptr));
    }
  }
}

TEST_CASE("scalars of custom resources mean what their formats say") {
  const auto parts = read_cell_schema(openapi_text(document(), "example.com/v1"));
  const std::pair<const char*, ScalarKind> cases[] = {
      {"mode", ScalarKind::plain},
      {"size", ScalarKind::int_or_string},
      {"memory", ScalarKind::quantity},
      {"cpu", ScalarKind::quantity},
      {"when", ScalarKind::time},
      {"day", ScalarKind::date},
      {"every", ScalarKind::duration},
      {"blob", ScalarKind::bytes},
      {"ratio", ScalarKind::number},
      {"count", ScalarKind::integer},
  };
  for (const auto& [name, kind] : cases) {
    CAPTURE(name);
    CHECK(spec_of(*parts).field(name)->kind == Type::Kind::scalar);
    CHECK(spec_of(*parts).field(name)->scalar_kind == kind);
  }
}

TEST_CASE("lists, maps and what stays in objects are as the schema says") {
  const auto parts = read_cell_schema(openapi_text(document(), "example.com/v1"));
  const Type& spec = spec_of(*parts);
  CHECK(spec.field("ports")->list_kind == ListKind::keyed);
  CHECK(spec.field("ports")->list_keys == std::vector<std::string_view>{"port", "protocol"});
  CHECK(spec.field("tags")->list_kind == ListKind::set);
  CHECK(spec.field("order")->list_kind == ListKind::atomic);
  CHECK(spec.field("plainlist")->list_kind == ListKind::atomic);
  CHECK(spec.field("selector")->map_kind == MapKind::atomic);
  CHECK(spec.field("labels")->kind == Type::Kind::map);
  CHECK(spec.field("maybe")->nullable);
  CHECK_FALSE(spec.field("notnull")->nullable);
  CHECK(spec.field("maybeobj")->find("a") != nullptr);
  CHECK(spec.field("nulllist")->item()->nullable);
  CHECK(spec.drops("unheard-of"));
  CHECK(spec.field("empty")->drops("a"));
  CHECK_FALSE(spec.field("raw")->drops("a"));
  CHECK_FALSE(spec.field("partly")->drops("more"));
  CHECK(spec.field("partly")->field("known")->drops("zzz"));
  CHECK(spec.field("template")->embedded);
  CHECK_FALSE(spec.field("template")->drops("data"));
  CHECK(spec.field("embed")->drops("data"));
  CHECK(spec.field("embed")->field("metadata")->find("labels") != nullptr);
}

TEST_CASE("defaults are whole, with those inside them") {
  const auto parts = read_cell_schema(openapi_text(document(), "example.com/v1"));
  const Type& widget = *parts->by_kind.at({"example.com/v1", "Widget"});
  const auto json = [](const Type& type, std::string_view name) {
    return yaml::canonical_json(*type.find(name)->default_value);
  };
  CHECK(json(*widget.field("spec"), "depth") == R"({"inner":{"true":true},"level":3})");
  CHECK(json(*widget.field("spec"), "listdef") == R"([{"port":1,"protocol":"TCP"}])");
  CHECK(
      json(widget, "spec") ==
      R"({"depth":{"inner":{"true":true},"level":3},"listdef":[{"port":1,"protocol":"TCP"}],"maybedef":"x","mode":"fast","notnulldef":"y"})");
  CHECK(json(*widget.field("spec")->field("ports")->item(), "protocol") == "\"TCP\"");
}

TEST_CASE("only the kinds of the group-version that was asked for are taken") {
  CHECK(read_cell_schema(openapi_text(document(), "example.com/v2"))->by_kind.empty());
  CHECK(read_cell_schema(openapi_text(document(), "v1"))->by_kind.empty());
  CHECK(read_cell_schema(openapi_text(document(), "example.com/v1"))->by_kind.size() == 1);
  CHECK_THROWS_AS(openapi_text(yaml::parse_json("{}").value, "v1"), Error);
  CHECK_THROWS_AS(openapi_text(yaml::parse_json("[]").value, "v1"), Error);
}

TEST_CASE("the types of a document of Go structures end where they refer to themselves") {
  const auto value = yaml::parse_json(R"({"components":{"schemas":{
    "com.example.Tree":{"type":"object","properties":{"left":{"$ref":"#/components/schemas/com.example.Tree"},
      "self":{"allOf":[{"$ref":"#/components/schemas/com.example.Loop"}]}}},
    "com.example.Loop":{"allOf":[{"$ref":"#/components/schemas/com.example.Loop"}]},
    "com.example.Kind":{"type":"object","properties":{"tree":{"$ref":"#/components/schemas/com.example.Tree"}},
      "x-kubernetes-group-version-kind":[{"group":"example.com","version":"v1","kind":"Kind"}]}}}})");
  const auto parts = read_cell_schema(openapi_text(value.value, "example.com/v1"));
  const Type& tree = *parts->by_kind.at({"example.com/v1", "Kind"})->field("tree");
  CHECK(tree.field("left")->field("left")->find("left") != nullptr);
  CHECK(tree.field("self")->kind == Type::Kind::unknown);
}

TEST_CASE("a kind of Kubernetes' own keeps its name and what OpenAPI cannot tell of it") {
  const auto value = yaml::parse_json(R"({"components":{"schemas":{
    "io.k8s.api.scheduling.v1.PriorityClass":{"type":"object","properties":{"value":{"type":"integer","default":0},
      "preemptionPolicy":{"type":"string"},"globalDefault":{"type":"boolean"}},
      "x-kubernetes-group-version-kind":[{"group":"scheduling.k8s.io","version":"v1","kind":"PriorityClass"}]}}}})");
  const auto parts = read_cell_schema(openapi_text(value.value, "scheduling.k8s.io/v1"));
  const Type& type = *parts->by_kind.at({"scheduling.k8s.io/v1", "PriorityClass"});
  CHECK(type.name == "io.k8s.api.scheduling.v1.PriorityClass");
  CHECK(type.find("globalDefault")->zero_is_absent);
  CHECK_FALSE(type.find("preemptionPolicy")->zero_is_absent);
}

TEST_CASE("a schema that is deeper than any real one is unknown from there on") {
  std::string text = R"({"type":"string"})";
  for (int i = 0; i < 150; ++i) {
    text = R"({"type":"object","properties":{"a":)" + text + "}}";
  }
  const auto crd = yaml::parse_json(
      R"({"kind":"CustomResourceDefinition","spec":{"group":"x.io","names":{"kind":"X"},"versions":[
        {"name":"v1","served":true,"schema":{"openAPIV3Schema":)" +
      text + "}}]}}");
  const auto parts = read_cell_schema(definition_text(crd.value));
  const Type* type = parts->by_kind.at({"x.io/v1", "X"});
  int depth = 0;
  while (type->find("a") != nullptr) {
    type = type->field("a");
    ++depth;
  }
  CHECK(depth > 50);
  CHECK(type->kind == Type::Kind::unknown);
}

TEST_CASE("a CRD that prunes nothing keeps everything") {
  const auto crd = yaml::parse(
      "{kind: CustomResourceDefinition, spec: {preserveUnknownFields: true, group: x.io, names: "
      "{kind: X}, versions: [{name: v1, served: true, schema: {openAPIV3Schema: {type: object, "
      "properties: {a: {type: object}}}}}, {name: v2, served: false, schema: {openAPIV3Schema: "
      "{type: object}}}]}}");
  const auto parts = read_cell_schema(definition_text(crd.value));
  CHECK(parts->by_kind.size() == 1);
  const Type& type = *parts->by_kind.at({"x.io/v1", "X"});
  CHECK_FALSE(type.drops("b"));
  CHECK_FALSE(type.field("a")->drops("b"));
}

TEST_CASE("names of any kind come back as they were") {
  const auto crd = yaml::parse(
      "{kind: CustomResourceDefinition, spec: {group: x.io, names: {kind: X}, versions: [{name: "
      "v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {\"a b\\n%41=?\": "
      "{type: string, default: \"x\\ny\"}, \"\": {type: string}}}}}]}}");
  const auto parts = read_cell_schema(definition_text(crd.value));
  const Type& type = *parts->by_kind.at({"x.io/v1", "X"});
  REQUIRE(type.find("a b\n%41=?") != nullptr);
  CHECK(type.find("a b\n%41=?")->default_value->as_string() == "x\ny");
}

TEST_CASE("fields of custom resources can be given types that their schemas do not say") {
  const auto crd = yaml::parse(
      "{kind: CustomResourceDefinition, spec: {group: x.io, names: {kind: X}, versions: [{name: "
      "v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: "
      "object, properties: {list: {type: array, items: {type: object, properties: {size: {type: "
      "string}, other: {type: string}}}}, open: {type: object, "
      "x-kubernetes-preserve-unknown-fields: true}}}}}}}]}}");
  const Schema plain = Schema::of_cell({parts_of_text(definition_text(crd.value))}, "v1.34.0");
  CHECK(plain.version() == "v1.34.0");
  CHECK(plain.knows("x.io/v1", "X"));
  CHECK_FALSE(plain.knows("x.io/v2", "X"));
  CHECK(plain.type_of("x.io/v2", "X").kind == Type::Kind::unknown);
  const std::vector<KnownType> known = {
      {"x.io", "X", "spec.list.size", "quantity"},
      {"x.io", "X", "spec.open.a.containers[]", argo_type_name("core/v1/Container")},
      {"x.io", "X", "spec.nothing.here", "quantity"},
      {"x.io", "X", "spec.list.other.deeper", "quantity"},
      {"y.io", "X", "spec", "quantity"},
  };
  const Schema typed = plain.with_known_types(known);
  const Type& spec = *typed.type_of("x.io/v1", "X").field("spec");
  CHECK(spec.field("list")->item()->field("size")->scalar_kind == ScalarKind::quantity);
  CHECK(spec.field("list")->item()->field("other")->scalar_kind == ScalarKind::plain);
  const Type& containers = *spec.field("open")->field("a")->field("containers");
  CHECK(containers.kind == Type::Kind::list);
  CHECK(containers.item()->name == "io.k8s.api.core.v1.Container");
  CHECK_FALSE(spec.field("open")->drops("b"));
  CHECK(spec.drops("nothing"));
  CHECK(typed.texts().size() == 1);
  CHECK(argo_type_name("core/v1/Nothing").empty());
  CHECK(argo_type_name("meta/v1/Duration") == "duration");
}
