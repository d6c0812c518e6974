#include "celldrift/kube/defaults.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/defaults_table.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace celldrift;
using namespace celldrift::kube;

namespace {

Value json(std::string_view text) {
  return yaml::parse_json(text).value;
}

Place root_of(const Value& object) {
  return {.live = object,
          .type = Schema::builtin().type_of(object.string_at({"apiVersion"}),
                                            object.string_at({"kind"}))};
}

// The default of `field` at a dotted way from a live object's root; "0" goes to the first item.
// `stated` is what Git states at that place, as JSON.
Default default_at(const Value& object,
                   std::string_view way,
                   std::string_view field,
                   std::string_view stated = "null") {
  const auto desired = json(stated);
  const Place root = root_of(object);
  std::vector<Place> places;
  places.reserve(16);  // each points to the one before
  places.push_back(root);
  for (const auto step : way.empty() ? std::vector<std::string_view>{} : split(way, '.')) {
    const auto& parent = places.back();
    if (step == "0") {
      places.push_back(
          {.live = parent.live.items()[0], .type = *parent.type.item(), .parent = &parent});
      continue;
    }
    const auto* live = parent.live.find(step);
    REQUIRE(live != nullptr);
    places.push_back(
        {.live = *live, .type = *parent.type.field(step), .field = step, .parent = &parent});
  }
  const Place last{.live = places.back().live,
                   .type = places.back().type,
                   .field = places.back().field,
                   .parent = places.back().parent,
                   .desired = &desired};
  return default_of(last, field);
}

Value deployment(const std::string& pod_spec) {
  return json(R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":)" +
              pod_spec + "}}}");
}

Value pod(const std::string& pod_spec) {
  return json(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":)" + pod_spec +
              "}");
}

}  // namespace

TEST_CASE("a pull policy follows the image's tag, and may be older than the tag") {
  const std::pair<const char*, const char*> cases[] = {
      {"app", "Always"},
      {"app:latest", "Always"},
      {"app:1.2", "IfNotPresent"},
      {"registry:5000/app", "Always"},
      {"registry:5000/app:1", "IfNotPresent"},
      {"app@sha256:aa", "IfNotPresent"},
      {"app:latest@sha256:aa", "Always"},
      {"", "Always"},
  };
  for (const auto& [image, policy] : cases) {
    CAPTURE(image);
    const auto object = deployment(std::string(R"({"containers":[{"image":")") + image + "\"}]}");
    const auto found = default_at(object, "spec.template.spec.containers.0", "imagePullPolicy");
    CHECK(found.kind == Default::Kind::value);
    CHECK(found.value == Value::string(policy));
    CHECK(found.explains(Value::string("Always")));
    CHECK(found.explains(Value::string("IfNotPresent")));
    CHECK_FALSE(found.explains(Value::string("Never")));
  }
}

TEST_CASE("a structure's default has the defaults of its own fields") {
  const auto found = default_at(
      json(R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{}})"), "spec", "strategy");
  CHECK(found.kind == Default::Kind::value);
  CHECK(
      found.value ==
      json(
          R"({"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}})"));
}

TEST_CASE("what a field defaults to hangs on its live siblings") {
  struct Case {
    const char* object;
    const char* way;
    const char* field;
    Default::Kind kind;
    const char* value;
  };
  using Kind = Default::Kind;
  const Case cases[] = {
      // the strategy's type says whether there is a rollingUpdate
      {R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"strategy":{"type":"Recreate"}}})",
       "spec.strategy",
       "rollingUpdate",
       Kind::none,
       "null"},
      {R"({"apiVersion":"apps/v1","kind":"DaemonSet","spec":{"updateStrategy":{"type":"RollingUpdate"}}})",
       "spec.updateStrategy",
       "rollingUpdate",
       Kind::value,
       R"({"maxSurge":0,"maxUnavailable":1})"},
      // Services
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP","ports":[{"port":80}]}})",
       "spec.ports.0",
       "targetPort",
       Kind::value,
       "80"},
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP"}})",
       "spec",
       "clusterIP",
       Kind::any,
       "null"},
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ExternalName"}})",
       "spec",
       "clusterIP",
       Kind::none,
       "null"},
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"ClusterIP"}})",
       "spec",
       "externalTrafficPolicy",
       Kind::none,
       "null"},
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"NodePort"}})",
       "spec",
       "externalTrafficPolicy",
       Kind::value,
       "\"Cluster\""},
      {R"({"apiVersion":"v1","kind":"Service","spec":{"type":"NodePort"}})",
       "spec",
       "loadBalancerClass",
       Kind::none,
       "null"},
      // Jobs
      {R"({"apiVersion":"batch/v1","kind":"Job","spec":{"backoffLimitPerIndex":1}})",
       "spec",
       "backoffLimit",
       Kind::value,
       "2147483647"},
      {R"({"apiVersion":"batch/v1","kind":"Job","spec":{"parallelism":2}})",
       "spec",
       "completions",
       Kind::none,
       "null"},
      {R"({"apiVersion":"batch/v1","kind":"Job","spec":{"manualSelector":true}})",
       "spec",
       "selector",
       Kind::none,
       "null"},
      // names
      {R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","labels":{}}})",
       "metadata.labels",
       "kubernetes.io/metadata.name",
       Kind::value,
       "\"a\""},
      {R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{}}})",
       "metadata.labels",
       "kubernetes.io/metadata.name",
       Kind::none,
       "null"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.object);
    CAPTURE(c.field);
    const auto found = default_at(json(c.object), c.way, c.field);
    CHECK(found.kind == c.kind);
    CHECK(found.value == json(c.value));
  }
}

TEST_CASE("limits become requests in Pods, not in templates of them") {
  const std::string spec =
      R"({"containers":[{"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"1","memory":"1"}}}]})";
  const auto in_pod = default_at(pod(spec), "spec.containers.0.resources.requests", "cpu");
  CHECK(in_pod.value == Value::string("1"));
  CHECK(default_at(pod(spec), "spec.containers.0.resources.requests", "memory").kind ==
        Default::Kind::none);
  const auto in_template =
      default_at(deployment(spec), "spec.template.spec.containers.0.resources.requests", "cpu");
  CHECK(in_template.kind == Default::Kind::none);
}

TEST_CASE("of two fields that mirror each other only what Git states explains the other") {
  const auto object = deployment(R"({"serviceAccount":"admin","serviceAccountName":"admin"})");
  const auto way = "spec.template.spec";
  CHECK(default_at(object, way, "serviceAccountName").kind == Default::Kind::none);
  CHECK(default_at(object, way, "serviceAccountName", R"({"serviceAccount":"admin"})")
            .explains(Value::string("admin")));
}

TEST_CASE("a zero is explained where the server cannot tell it from nothing") {
  const auto object = deployment(R"({"hostNetwork":false,"automountServiceAccountToken":false})");
  CHECK(default_at(object, "spec.template.spec", "hostNetwork").explains(Value::boolean(false)));
  CHECK_FALSE(default_at(object, "spec.template.spec", "automountServiceAccountToken")
                  .explains(Value::boolean(false)));
  const auto set = deployment(R"({"hostNetwork":true})");
  CHECK_FALSE(default_at(set, "spec.template.spec", "hostNetwork").explains(Value::boolean(true)));
}

TEST_CASE("a template's own labels are nobody's default") {
  const auto object =
      json(R"({"apiVersion":"v1","kind":"ReplicationController","metadata":{"labels":{"a":"b"}},
                               "spec":{"template":{"metadata":{"labels":{"a":"b"}}}}})");
  CHECK(default_at(object, "metadata.labels", "a").value == Value::string("b"));
  CHECK(default_at(object, "spec.template.metadata.labels", "a").kind == Default::Kind::none);
}

TEST_CASE("the server adds some items to lists by itself") {
  struct Case {
    Value object;
    const char* item;
    bool added;
  };
  const std::string not_ready =
      R"({"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300})";
  const Case cases[] = {
      {pod(R"({"tolerations":[]})"), not_ready.c_str(), true},
      {pod(R"({"tolerations":[]})"),
       R"({"key":"node.kubernetes.io/not-ready","operator":"Exists"})",
       false},
      {pod(R"({"tolerations":[]})"), R"({"operator":"Exists"})", false},
      {pod(R"({"tolerations":[]})"), "null", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.item);
    const auto root = root_of(c.object);
    const Place spec{.live = *c.object.find("spec"),
                     .type = *root.type.field("spec"),
                     .field = "spec",
                     .parent = &root};
    const Place list{.live = *spec.live.find("tolerations"),
                     .type = *spec.type.field("tolerations"),
                     .field = "tolerations",
                     .parent = &spec};
    CHECK(default_item(list, json(c.item)) == c.added);
  }
}

TEST_CASE("a list of nothing but what the server adds is the server's") {
  const auto own =
      json(R"({"apiVersion":"v1","kind":"Namespace","spec":{"finalizers":["kubernetes"]}})");
  const auto mixed =
      json(R"({"apiVersion":"v1","kind":"Namespace","spec":{"finalizers":["kubernetes","x"]}})");
  const auto empty = json(R"({"apiVersion":"v1","kind":"Pod","spec":{"tolerations":[]}})");
  CHECK(default_at(own, "spec", "finalizers").explains(json(R"(["kubernetes"])")));
  CHECK(!default_at(mixed, "spec", "finalizers").explains(json(R"(["kubernetes","x"])")));
  CHECK(default_at(empty, "spec", "tolerations").explains(json("[]")));
}

TEST_CASE("only the server writes some fields") {
  const auto object =
      json(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{},"status":{}})");
  const auto root = root_of(object);
  const Place metadata{.live = *object.find("metadata"),
                       .type = *root.type.field("metadata"),
                       .field = "metadata",
                       .parent = &root};
  CHECK(server_field(root, "status"));
  CHECK_FALSE(server_field(root, "spec"));
  CHECK_FALSE(server_field(metadata, "status"));
  for (const auto* field :
       {"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"}) {
    CAPTURE(field);
    CHECK(server_field(metadata, field));
  }
  for (const auto* field : {"name", "labels", "annotations", "ownerReferences", "finalizers"}) {
    CAPTURE(field);
    CHECK_FALSE(server_field(metadata, field));
  }
}

TEST_CASE(
    "a status is the server's for kinds that are not known too, and nothing there has a default") {
  const auto object =
      json(R"({"apiVersion":"example.com/v1","kind":"Thing","status":{},"spec":{"replicas":1}})");
  CHECK(server_field(root_of(object), "status"));
  CHECK(default_at(object, "spec", "replicas").kind == Default::Kind::none);
}

TEST_CASE("live objects of another shape than their schema are no trouble") {
  const char* objects[] = {
      R"({"apiVersion":"v1","kind":"Service","spec":[{"ports":{"a":1}}]})",
      R"({"apiVersion":"v1","kind":"Service","spec":{"ports":{"port":"x"},"type":{"a":"b"}}})",
      R"({"apiVersion":"apps/v1","kind":{},"spec":"x"})",
      R"({"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":5,"resources":{"limits":[],"requests":"x"}}]}})",
      R"([])",
  };
  for (const auto* text : objects) {
    CAPTURE(text);
    const auto object = json(text);
    const auto root = root_of(object);
    const auto* spec = object.find("spec");
    const Place place{.live = spec != nullptr ? *spec : object,
                      .type = *root.type.field("spec"),
                      .field = "spec",
                      .parent = &root};
    for (const auto& field : place.type.fields) {
      CHECK_NOTHROW(default_of(place, field.name));
      CHECK_NOTHROW(default_item(place, object));
    }
  }
}

TEST_CASE("every rule of the table is about a field that exists") {
  for (const auto& [structure, all] : defaults_table().structures) {
    CAPTURE(structure);
    const auto* type = Schema::builtin().named(structure);
    REQUIRE((type != nullptr || all.fields.empty()));
    for (const auto& [field, rules] : all.fields) {
      CAPTURE(field);
      CHECK(type->find(field) != nullptr);
      CHECK((rules.items.empty() || type->field(field)->kind == Type::Kind::list));
      CHECK((rules.entries.empty() || type->field(field)->kind == Type::Kind::map));
    }
  }
}

TEST_CASE("a broken table is refused with its line") {
  const std::pair<const char*, const char*> cases[] = {
      {"schema: other\n", "rules/defaults.yaml"},
      {"server: []\nschema: celldrift.defaults/v1\n", "lacks \"rules\""},
      {"schema: celldrift.defaults/v1\nserver: []\nrules:\n  - put: {a: 1}\n", ":4"},
      {"schema: celldrift.defaults/v1\nserver: []\nrules:\n  - of: [x]\n    puts: {a: 1}\n",
       "means nothing"},
      {"schema: celldrift.defaults/v1\nserver: []\nrules:\n  - of: [x]\n    compute: {a: "
       "nothing}\n",
       "no rule named"},
      {"schema: celldrift.defaults/v1\nserver: []\nrules:\n  - of: x\n", "a list is expected"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(message);
    std::string what;
    try {
      read_defaults(text);
    } catch (const Error& error) {
      what = error.what();
    }
    CAPTURE(what);
    CHECK(what.find(message) != std::string::npos);
  }
}
