#include "unit/fleet/oracle_case.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

const char* matrix =
    "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s, namespace: "
    "argocd}\n"
    "spec:\n  goTemplate: true\n  generators:\n  - matrix:\n      generators:\n"
    "      - git: {repoURL: 'https://r', revision: HEAD, files: [{path: 'e/*.yaml'}]}\n"
    "      - clusters: {values: {v: '{{ .name }}'}}\n"
    "  template:\n    metadata: {name: '{{ .name }}-{{ .app.name }}'}\n"
    "    spec: {project: p, source: {repoURL: 'https://r', path: x}, destination: {server: '{{ "
    ".server }}'}}\n";

TEST_CASE("every parameter knows where it came from") {
  Cell one = cell("cell-a");
  one.origin = "clusters/a.yaml:3";
  OneRepository repository(git::memory_tree({{"e/one.yaml", "x: 1\napp:\n  name: web\n"}}));
  const std::vector<Application> applications =
      expand_set(yaml(matrix), Fleet({one}), {.repositories = &repository});
  REQUIRE(applications.size() == 1);
  const Origin& origin = applications[0].origin;
  CHECK(origin.generator_path == "spec.generators[0].matrix");
  CHECK(describe(origin.parameters.find("name")->mark()) == "clusters/a.yaml:3");
  CHECK(describe(origin.parameters.find({"app", "name"})->mark()) == "e/one.yaml:3");
  CHECK(describe(origin.parameters.find({"path", "path"})->mark()) == "e/one.yaml:1");
  CHECK(describe(origin.parameters.find({"values", "v"})->mark()) == "test.yaml:10");
  CHECK(applications[0].component == "web");
}

TEST_CASE("an error says in which child of which generator it is") {
  const Value set = set_of(
      "  - matrix:\n      generators:\n      - clusters: {}\n"
      "      - list: {elements: [{a: 5}]}");
  try {
    (void)expand_set(set, Fleet({cell("cell-a")}));
    FAIL("it was not refused");
  } catch (const Error& error) {
    const std::string text = error.what();
    CHECK(text.find("spec.generators[0]: matrix: generators[1]: list: ") != std::string::npos);
    CHECK(text.find("test.yaml:9") != std::string::npos);
  }
}

}  // namespace
}  // namespace celldrift::fleet::test
