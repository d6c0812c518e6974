#include "cli/known_types.hpp"

#include "celldrift/compare/compare.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

// A custom resource whose schema leaves the template open.
kube::Schema schema() {
  const Value crd =
      yaml::parse(
          "{kind: CustomResourceDefinition, spec: {group: example.com, names: {kind: Roll}, "
          "versions: [{name: v1, served: true, schema: {openAPIV3Schema: {type: object, "
          "properties: {spec: {type: object, properties: {size: {type: string}, template: {type: "
          "object, x-kubernetes-preserve-unknown-fields: true}}}}}}}]}}")
          .value;
  return kube::Schema::of_cell({kube::parts_of_text(kube::definition_text(crd))}, "v1.35.1");
}

compare::ArgoSettings settings(const std::string& fields) {
  std::vector<Problem> problems;
  const Value map = yaml::parse(
                        "kind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n"
                        "  resource.customizations.knownTypeFields.example.com_Roll: |\n" +
                        fields)
                        .value;
  compare::ArgoSettings read = compare::ArgoSettings::read(map, problems);
  REQUIRE(problems.empty());
  return read;
}

Value roll(const std::string& spec) {
  return yaml::parse(
             "{apiVersion: example.com/v1, kind: Roll, metadata: {name: a, namespace: b}, "
             "spec: " +
             spec + "}")
      .value;
}

}  // namespace

TEST_CASE("fields that argocd-cm gives a type are compared as that type") {
  const Value desired = roll(
      "{size: 1000m, template: {containers: [{name: a, resources: {limits: {cpu: 1000m}}}, {name: "
      "b}]}}");
  const Value live = roll(
      "{size: '1', template: {containers: [{name: a, resources: {limits: {cpu: '1'}}}, {name: "
      "b}]}}");
  struct Case {
    const char* name;
    std::string fields;
    std::size_t differences;
  };
  const Case cases[] = {
      {"both",
       "    - {field: spec.size, type: core/Quantity}\n"
       "    - {field: spec.template, type: core/v1/PodSpec}\n",
       0},
      {"one", "    - {field: spec.template, type: core/v1/PodSpec}\n", 1},
      {"a type that nobody knows",
       "    - {field: spec.size, type: core/v1/Nothing}\n"
       "    - {field: spec.template, type: core/v1/PodSpec}\n",
       1},
      {"another field", "    - {field: spec.sizes, type: core/Quantity}\n", 2},
  };
  const kube::Schema plain = schema();
  CHECK(compare::diff(desired, live, "app", {.schema = plain}).size() == 2);
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const kube::Schema typed = plain.with_known_types(cli::known_types_of(settings(each.fields)));
    CHECK(compare::diff(desired, live, "app", {.schema = typed}).size() == each.differences);
  }
}
