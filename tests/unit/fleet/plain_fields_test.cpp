#include "fleet/templates/plain_fields.hpp"

#include "celldrift/gotemplate/template.hpp"
#include "fleet/templates/argocd_functions.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

gotemplate::Any parameters(gotemplate::Heap& heap) {
  return heap.from_value(
      yaml("{name: cell-a, n: 1, b: true, none: null, list: [x], "
           "path: {basename: web, '5': five, deep: {er: z}}, _x9: odd}"));
}

TEST_CASE("plain fields give what Go's template gives") {
  const char* const texts[] = {
      "{{.name}}",
      "{{ .name }}-{{.path.basename}}",
      "a {{   .path.deep.er   }} b",
      "{{._x9}}}}",
      "} {{.name}} {",
      "no fields",
      "",
  };
  gotemplate::Heap heap;
  const gotemplate::Any dot = parameters(heap);
  for (const char* const text : texts) {
    CAPTURE(text);
    gotemplate::TemplateSet templates(argocd_functions());
    templates.parse("base", text);
    const auto fields = PlainFields::of(text);
    REQUIRE(fields);
    CHECK(fields->render(dot, 1000) == templates.execute("base", dot, heap).text);
  }
}

TEST_CASE("a text that says more than plain fields is left to the interpreter") {
  const char* const texts[] = {
      "{{.}}",
      "{{.5}}",
      "{{.path.5}}",
      "{{- .name}}",
      "{{.name -}}",
      "{{/* .name */}}",
      "{{.name | upper}}",
      "{{name}}",
      "{{.name",
      "{{.a b}}",
      "{{ .path. basename }}",
      "{{.é}}",
      "{{$.name}}",
  };
  for (const char* const text : texts) {
    CAPTURE(text);
    CHECK_FALSE(PlainFields::of(text));
  }
}

TEST_CASE("a plain field that is no string is left to the interpreter") {
  gotemplate::Heap heap;
  const gotemplate::Any dot = parameters(heap);
  for (const char* const text : {"{{.n}}",
                                 "{{.b}}",
                                 "{{.none}}",
                                 "{{.list}}",
                                 "{{.path}}",
                                 "{{.missing}}",
                                 "{{.name.x}}",
                                 "{{.list.x}}"}) {
    CAPTURE(text);
    CHECK_FALSE(PlainFields::of(text)->render(dot, 1000));
  }
  CHECK_FALSE(PlainFields::of("{{.name}}{{.name}}")->render(dot, 11));
}

}  // namespace
}  // namespace celldrift::fleet::test
