#include "fleet/applications/component.hpp"

#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

const Fleet two_cells({cell("cell-a", {{"region", "eu"}, {"tier", "backend"}}),
                       cell("cell-b", {{"region", "us"}})});

TEST_CASE("a component is the template of the name without the cell's own tags") {
  struct Case {
    const char* name;
    const char* component;
  };
  const Case cases[] = {
      {"{{name}}-backend", "backend"},
      {"backend-{{name}}", "backend"},
      {"{{name}}", "backend"},  // the set's own name
      {"{{ name }}.web", "web"},
      {"web-{{name}}-api", "web-api"},
      {"{{name}}-{{metadata.labels.region}}-web", "web"},
      {"web-{{nameNormalized}}-{{metadata.labels.region}}", "web"},
      {"x{{name}}y", "xy"},
      {"{{values.host}}-web", "web"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Value set = set_of("  - clusters: {values: {host: 'h-{{name}}'}}",
                             "'" + std::string(one.name) + "'",
                             "{name: '{{name}}'}");
    const std::string component = one.component;
    CHECK(components(expand_set(set, two_cells)) ==
          Texts{"cell-a:" + component, "cell-b:" + component});
  }
}

TEST_CASE("list elements count as the cell's own when all of them name their cell") {
  struct Case {
    const char* why;
    const char* elements;
    const char* name;
    Texts expected;
  };
  const Case cases[] = {
      {"by name",
       "{cluster: cell-a, app: x}, {cluster: cell-b, app: x}",
       "{{cluster}}-{{app}}",
       {"cell-a:x", "cell-b:x"}},
      {"by a word of the value",
       "{cluster: cell-a, id: eu-cell-a-1}, {cluster: cell-b, id: us-cell-b-2}",
       "web-{{id}}",
       {"cell-a:web", "cell-b:web"}},
      {"by a label",
       "{cluster: cell-a, zone: eu}, {cluster: cell-b, zone: us}",
       "web-{{zone}}",
       {"cell-a:web", "cell-b:web"}},
      {"not when only some do",
       "{cluster: cell-a, app: backend}, {cluster: cell-b, app: frontend}",
       "{{cluster}}-{{app}}",
       {"cell-a:backend", "cell-b:frontend"}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.why);
    const Value set = set_of("  - list: {elements: [" + std::string(one.elements) + "]}",
                             "'" + std::string(one.name) + "'",
                             "{name: '{{cluster}}'}");
    CHECK(components(expand_set(set, two_cells)) == one.expected);
  }
}

TEST_CASE("Applications of one cell that would share a component keep what tells them apart") {
  const Value set = set_of("  - clusters: {values: {app: web}}\n  - clusters: {values: {app: api}}",
                           "'{{name}}-{{values.app}}'",
                           "{name: '{{name}}'}");
  CHECK(components(expand_set(set, two_cells)) ==
        Texts{"cell-a:web", "cell-b:web", "cell-a:api", "cell-b:api"});
}

TEST_CASE("the cell's name is taken out where it is a whole word") {
  struct Case {
    const char* name;
    const char* expected;
  };
  const Case cases[] = {{"cell-a-backend", "backend"},
                        {"backend-cell-a", "backend"},
                        {"x-cell-a-y", "x-y"},
                        {"cell-ab-backend", "cell-ab-backend"},
                        {"backend", "backend"},
                        {"cell-a", "cell-a"},
                        {"my.cell-a.backend", "my.backend"}};
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(without_cell_name(one.name, cell("cell-a")) == one.expected);
  }
}

}  // namespace
}  // namespace celldrift::fleet::test
