#include "audit/findings/apply.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

Value parsed(std::string_view text) {
  return yaml::parse(text).value;
}

// What compare finds between two objects, made to the first, gives what the second has of it.
TEST_CASE("differences made to what Git states give what the cell has") {
  struct Case {
    std::string_view desired;
    std::string_view live;
  };
  const Case cases[] = {
      {"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '1', y: '2'}}",
       "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '3'}}"},
      {"{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: "
       "{containers: [{name: app, image: 'a:1', env: [{name: A, value: x}, {name: B, value: "
       "y}]}]}}}}",
       "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {template: {spec: "
       "{containers: [{name: app, image: 'a:2', env: [{name: B, value: z}]}]}}}}"},
      {"{apiVersion: v1, kind: Service, metadata: {name: a, finalizers: [x/a, x/b]}, spec: {ports: "
       "[{port: 80, name: http}]}}",
       "{apiVersion: v1, kind: Service, metadata: {name: a, finalizers: [x/a]}, spec: {ports: "
       "[{port: 80, name: web}]}}"},
      {"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}",
       "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: '3'}}"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.desired);
    const Value desired = parsed(test.desired);
    const Value live = parsed(test.live);
    CHECK(with_differences(desired, compare::diff(desired, live)) == live);
    CHECK(with_differences(desired, {}) == desired);
  }
}

TEST_CASE("a path that does not fit leaves the tree as it is") {
  const Value tree = parsed("{a: [1, 2], b: text}");
  compare::Difference gone;
  gone.change = compare::Change::removed;
  gone.path = Path() / "c" / "d";
  CHECK(with_differences(tree, {&gone, 1}) == tree);
  gone.path = Path() / "a" / Path::Index{7};
  CHECK(with_differences(tree, {&gone, 1}) == tree);
}

}  // namespace
}  // namespace celldrift::audit
