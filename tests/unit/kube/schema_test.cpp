#include "celldrift/kube/schema.hpp"

#include "celldrift/core/error.hpp"
#include "kube/schema_text.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace celldrift;
using namespace celldrift::kube;

namespace {

// The type at a dotted way from a kind's root; "[]" goes to the items.
const Type& at(std::string_view api_version,
               std::string_view kind,
               const std::vector<std::string_view>& way) {
  const Type* type = &Schema::builtin().type_of(api_version, kind);
  for (const auto step : way) {
    type = step == "[]" ? type->item() : type->field(step);
  }
  return *type;
}

const Field& field_of(std::string_view type, std::string_view name) {
  const auto* found = Schema::builtin().named(type);
  REQUIRE(found != nullptr);
  const auto* field = found->find(name);
  REQUIRE(field != nullptr);
  return *field;
}

const std::vector<std::string_view> container = {"spec", "template", "spec", "containers", "[]"};

std::vector<std::string_view> container_field(std::vector<std::string_view> rest) {
  auto way = container;
  way.insert(way.end(), rest.begin(), rest.end());
  return way;
}

}  // namespace

TEST_CASE("lists merge as server-side apply merges them") {
  struct Case {
    const char* api_version;
    const char* kind;
    std::vector<std::string_view> way;
    ListKind list_kind;
    std::vector<std::string_view> keys;
  };
  const Case cases[] = {
      {"apps/v1",
       "Deployment",
       {"spec", "template", "spec", "containers"},
       ListKind::keyed,
       {"name"}},
      {"apps/v1",
       "Deployment",
       container_field({"ports"}),
       ListKind::keyed,
       {"containerPort", "protocol"}},
      {"apps/v1", "Deployment", container_field({"env"}), ListKind::keyed, {"name"}},
      {"apps/v1", "Deployment", container_field({"args"}), ListKind::atomic, {}},
      {"apps/v1", "StatefulSet", {"spec", "template", "spec", "tolerations"}, ListKind::atomic, {}},
      {"v1", "Service", {"spec", "ports"}, ListKind::keyed, {"port", "protocol"}},
      {"v1", "ConfigMap", {"metadata", "finalizers"}, ListKind::set, {}},
      {"v1", "ServiceAccount", {"imagePullSecrets"}, ListKind::atomic, {}},
      {"admissionregistration.k8s.io/v1",
       "ValidatingWebhookConfiguration",
       {"webhooks"},
       ListKind::keyed,
       {"name"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.kind);
    const auto& type = at(c.api_version, c.kind, c.way);
    CHECK(type.kind == Type::Kind::list);
    CHECK(type.list_kind == c.list_kind);
    CHECK(type.list_keys == c.keys);
  }
}

TEST_CASE("scalars with a meaning of their own are told apart") {
  struct Case {
    const char* api_version;
    const char* kind;
    std::vector<std::string_view> way;
    ScalarKind scalar_kind;
  };
  const Case cases[] = {
      {"apps/v1",
       "Deployment",
       container_field({"resources", "limits", "cpu"}),
       ScalarKind::quantity},
      {"apps/v1",
       "Deployment",
       {"spec", "strategy", "rollingUpdate", "maxSurge"},
       ScalarKind::int_or_string},
      {"apps/v1", "Deployment", {"metadata", "creationTimestamp"}, ScalarKind::time},
      {"coordination.k8s.io/v1", "Lease", {"spec", "renewTime"}, ScalarKind::time},
      {"v1", "Secret", {"data", "password"}, ScalarKind::bytes},
      {"v1", "Secret", {"stringData", "password"}, ScalarKind::plain},
      {"v1", "ConfigMap", {"binaryData", "x"}, ScalarKind::bytes},
      {"apps/v1", "Deployment", {"spec", "replicas"}, ScalarKind::plain},
  };
  for (const auto& c : cases) {
    CAPTURE(c.kind);
    const auto& type = at(c.api_version, c.kind, c.way);
    CHECK(type.kind == Type::Kind::scalar);
    CHECK(type.scalar_kind == c.scalar_kind);
  }
}

TEST_CASE("maps and structures have owners per field unless they are atomic") {
  CHECK(at("apps/v1", "Deployment", {"metadata", "labels"}).kind == Type::Kind::map);
  CHECK(at("apps/v1", "Deployment", {"metadata", "labels"}).map_kind == MapKind::granular);
  CHECK(at("apps/v1", "Deployment", {"spec", "selector"}).map_kind == MapKind::atomic);
  CHECK(at("v1", "Service", {"spec", "selector"}).kind == Type::Kind::map);
  CHECK(at("v1", "Service", {"spec", "selector"}).map_kind == MapKind::atomic);
}

TEST_CASE("a field may say otherwise than the structure that it holds") {
  const auto& claim = at("v1", "PersistentVolume", {"spec", "claimRef"});
  CHECK(claim.name == "io.k8s.api.core.v1.ObjectReference");
  CHECK(claim.map_kind == MapKind::granular);
  CHECK(claim.find("namespace") != nullptr);
  CHECK(Schema::builtin().named(claim.name)->map_kind == MapKind::atomic);
}

TEST_CASE("zero values count as stated in pointers only") {
  const std::string pod = "io.k8s.api.core.v1.PodSpec";
  CHECK(field_of(pod, "hostNetwork").zero_is_absent);
  CHECK(field_of(pod, "containers").zero_is_absent);
  CHECK_FALSE(field_of(pod, "automountServiceAccountToken").zero_is_absent);
  CHECK_FALSE(field_of(pod, "terminationGracePeriodSeconds").zero_is_absent);
  CHECK_FALSE(field_of(pod, "securityContext").zero_is_absent);
  CHECK(field_of("io.k8s.api.core.v1.Container", "resources").zero_is_absent);
  CHECK_FALSE(field_of("io.k8s.api.apps.v1.DeploymentSpec", "replicas").zero_is_absent);
}

TEST_CASE("defaults that OpenAPI states are kept as JSON") {
  CHECK(field_of("io.k8s.api.core.v1.ContainerPort", "protocol").default_value->as_string() ==
        "TCP");
  CHECK(field_of("io.k8s.api.core.v1.Container", "resources").default_value->is_map());
  CHECK(field_of("io.k8s.api.core.v1.Container", "args").default_value == nullptr);
}

TEST_CASE("the schema of custom resources' schemas has no end") {
  const auto& properties =
      at("apiextensions.k8s.io/v1",
         "CustomResourceDefinition",
         {"spec", "versions", "[]", "schema", "openAPIV3Schema", "properties", "spec"});
  CHECK(properties.name.ends_with("JSONSchemaProps"));
  CHECK(properties.field("items") == &properties);
  CHECK(properties.field("additionalProperties") == &properties);
}

TEST_CASE("another version stands in for one that is not recorded") {
  const auto& schema = Schema::builtin();
  CHECK(schema.type_of("apps/v1beta2", "Deployment").name == "io.k8s.api.apps.v1.Deployment");
  CHECK(schema.type_of("policy/v1beta1", "PodDisruptionBudget").name ==
        "io.k8s.api.policy.v1.PodDisruptionBudget");
  CHECK(schema.type_of("autoscaling/v2", "HorizontalPodAutoscaler").name.find(".v2.") !=
        std::string_view::npos);
  CHECK(schema.type_of("autoscaling/v1", "HorizontalPodAutoscaler").name.find(".v1.") !=
        std::string_view::npos);
}

TEST_CASE("kinds and fields that are not known have the unknown type, however deep one looks") {
  const auto& schema = Schema::builtin();
  CHECK(&schema.type_of("example.com/v1", "Deployment") == &unknown_type());
  CHECK(&schema.type_of("apps/v1", "Nothing") == &unknown_type());
  CHECK(&schema.type_of("", "") == &unknown_type());
  CHECK(&at("apps/v1", "Deployment", {"spec", "nothing", "nothing", "[]"}) == &unknown_type());
  CHECK(&at("apps/v1", "Deployment", {"spec", "replicas", "[]"}) == &unknown_type());
  CHECK(schema.named("io.k8s.api.core.v1.Nothing") == nullptr);
  CHECK(schema.named("plain") == nullptr);
  CHECK(schema.named("[name]io.k8s.api.core.v1.Container") == nullptr);
}

TEST_CASE("every field's type is known by name, list or map") {
  std::set<const Type*> seen;
  std::vector<const Type*> open = {&Schema::builtin().type_of("v1", "Pod")};
  while (!open.empty()) {
    const auto* type = open.back();
    open.pop_back();
    if (!seen.insert(type).second) {
      continue;
    }
    CHECK((type->kind != Type::Kind::structure || !type->fields.empty()));
    CHECK((type->list_kind != ListKind::keyed || !type->list_keys.empty()));
    for (const auto& field : type->fields) {
      open.push_back(field.type);
    }
    if (type->element != nullptr) {
      open.push_back(type->element);
    }
  }
  CHECK(seen.size() > 100);
}

TEST_CASE("the recorded version is that of a release") {
  CHECK(Schema::builtin_version().starts_with("v1."));
}

TEST_CASE("threads share one schema") {
  std::vector<const Type*> found(4);
  std::vector<std::thread> threads;
  for (auto& type : found) {
    threads.emplace_back([&type] { type = &Schema::builtin().type_of("v1", "Pod"); });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(std::set(found.begin(), found.end()).size() == 1);
}

TEST_CASE("a broken recording is an error, not a crash") {
  const char* texts[] = {
      "nonsense\n",
      "type io.a\n field\n",
      "type io.a\n field nonsense\n",
      "type io.a\n field [name\n",
      "type io.a\n field plain zero nonsense\n",
      "type io.a\n field io.b\n",
      "type io.a\n field <atomic>io.b\n",
      "type io.a\n b plain\n a plain\n",
      "type io.a\n a plain\n a plain\n",
      "type io.a\ntype io.a\n",
      "type plain\n",
      "type io.a strange\n",
      "type io.a\n a plain =nothing\n",
      " a plain\n",
  };
  for (const auto* text : texts) {
    CAPTURE(text);
    CHECK_THROWS_AS(read_schema(text), Error);
  }
}

TEST_CASE("a cell's structures have flags, nullable types and names of any kind") {
  const auto parts = read_cell_schema(
      "kind example.com/v1 Widget @1\n"
      "type @1 kept\n"
      " a%20b ?plain\n"
      " inner ?@2 ={\"x\":1}\n"
      " list [a%2Cb]@2\n"
      " metadata io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\n"
      " other io.k8s.nothing.Known\n"
      "type @2 object atomic\n"
      " x date\n");
  const Type& widget = *parts->by_kind.at({"example.com/v1", "Widget"});
  CHECK(widget.preserve_unknown);
  CHECK_FALSE(widget.drops("unheard-of"));
  CHECK(widget.find("a b")->type->nullable);
  const Field& inner = *widget.find("inner");
  CHECK(inner.type->nullable);
  CHECK(inner.type->embedded);
  CHECK(inner.type->drops("y"));
  CHECK(inner.type->map_kind == MapKind::atomic);
  CHECK(inner.type->field("x")->scalar_kind == ScalarKind::date);
  CHECK(inner.default_value->find("x")->as_int() == 1);
  CHECK(widget.find("list")->type->list_keys == std::vector<std::string_view>{"a,b"});
  CHECK_FALSE(widget.find("list")->type->item()->nullable);
  CHECK(widget.find("metadata")->type->find("labels") != nullptr);
  CHECK(widget.find("other")->type->kind == Type::Kind::unknown);
}
