#include "unit/render/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::render::test {
namespace {

TEST_CASE("files are read in the order of their names, directories among them") {
  const Files files = {
      {"app/b.yaml", manifest("b")},
      {"app/a.yml", manifest("a")},
      {"app/a/x.yaml", manifest("x")},
      {"app/z.txt", manifest("z")},
      {"app/.h/y.yaml", manifest("hid")},
      {"app/C.YAML", manifest("c")},
      {"app/aa.json", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"j"}})"}};
  CHECK(rendered(files) == Texts{"a", "j", "b"});
  CHECK(rendered(files, "{recurse: true}") == Texts{"hid", "x", "a", "j", "b"});
}

TEST_CASE("include and exclude look at the path from the app's directory, and cross slashes") {
  const Files files = {{"app/a.yaml", manifest("a")},
                       {"app/sub/b.yaml", manifest("b")},
                       {"app/sub/c.json", manifest("c")}};
  struct Case {
    const char* options;
    Texts expected;
  };
  const Case cases[] = {
      {"{recurse: true, include: '*.yaml'}", {"a", "b"}},
      {"{recurse: true, include: 'sub/*', exclude: '*.json'}", {"b"}},
      {"{recurse: true, include: '{a,sub/b}.yaml'}", {"a", "b"}},
      {"{recurse: true, include: '{a,b}.yaml'}", {"a"}},
      {"{recurse: true, exclude: '{*.json,a*}'}", {"b"}},
      {"{recurse: true, include: '[', exclude: '*.json'}", {}},
      {"{recurse: true, exclude: '[*'}", {}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.options);
    if (std::string(one.options).find("'[*'") != std::string::npos) {
      // an exclude that does not compile excludes nothing: the broken c.json is then read
      CHECK(contains(error_of([&] { rendered(files, one.options); }), "app/sub/c.json"));
    } else {
      CHECK(rendered(files, one.options) == one.expected);
    }
  }
}

TEST_CASE("every node knows its file and line, at its commit") {
  Renderer renderer;
  const auto manifests = renderer.source(
      *tree({{"app/a.yaml", "---\n" + manifest("a") + "---\n" + manifest("b")}}), "app", Value());
  REQUIRE(manifests->objects.size() == 2);
  const Value* name = manifests->objects[1].find({"metadata", "name"});
  CHECK(describe(name->mark()) == "app/a.yaml:10");
  CHECK(source_of(name->mark().source).commit == std::string(40, 'a'));
  CHECK(source_of(name->mark().source).blob.size() == 40);
}

TEST_CASE("a file that is marked to be left alone is") {
  CHECK(rendered({{"app/a.yaml", "# +argocd:skip-file-rendering\n: : broken"},
                  {"app/b.yaml", manifest("b")}}) == Texts{"b"});
}

TEST_CASE("empty documents and comments give nothing") {
  CHECK(
      rendered({{"app/a.yaml", "---\n# only words\n---\n" + manifest("a") + "---\n---\nnull\n"}}) ==
      Texts{"a"});
  CHECK(rendered({{"app/a.yaml", ""}}).empty());
}

TEST_CASE("a YAML file that is no manifest is passed over, one that nearly is is an error") {
  struct Case {
    const char* why;
    std::string text;
    bool passed_over;
  };
  const Case cases[] = {
      {"values", "replicas: 3\n", true},
      {"a list", "- a\n- b\n", true},
      {"broken YAML", "a: [b\n", true},
      {"no kind", "apiVersion: v1\nmetadata: {name: x}\n", true},
      {"the three words", "# apiVersion: kind: metadata:\nreplicas: 3\n", false},
      {"broken, with the three words", "apiVersion: v1\nkind: x\nmetadata: [", false},
      {"good, then bad", manifest("a") + "---\nreplicas: 3\n", false},
      {"good, then broken", manifest("a") + "---\na: [\n", false},
      {"kind is no text", "apiVersion: v1\nkind: 5\nmetadata: {}\n", false},
      {"JSON that is not YAML", "{\"a\": 1}\n{\"b\": 2}\n", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.why);
    Texts objects;
    const std::string error = error_of([&] { objects = rendered({{"app/a.yaml", one.text}}); });
    CHECK(objects.empty());
    CHECK(error.empty() == one.passed_over);
    CHECK((one.passed_over || contains(error, "app/a.yaml")));
  }
}

TEST_CASE("a JSON file holds exactly one object with a kind") {
  struct Case {
    const char* text;
    bool good;
  };
  const Case cases[] = {
      {R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}})", true},
      {R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}} {})", false},
      {R"([{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}])", false},
      {R"({"a":1})", false},
      {"{", false},
      {"", false},
      {"null", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    Texts objects;
    const std::string error = error_of([&] { objects = rendered({{"app/a.json", one.text}}); });
    CHECK(objects == (one.good ? Texts{"a"} : Texts{}));
    CHECK(error.empty() == one.good);
  }
}

TEST_CASE("lists of any kind become their items, one level deep") {
  const std::string item = "{apiVersion: v1, kind: ConfigMap, metadata: {name: ";
  CHECK(rendered({{"app/a.yaml",
                   "apiVersion: v1\nkind: List\nitems: [" + item + "x}}, " + item + "z}}]\n"}}) ==
        Texts{"x", "z"});
  CHECK(rendered({{"app/a.yaml", "apiVersion: v1\nkind: ConfigMapList\nitems: []\n"}}).empty());
  CHECK(rendered({{"app/a.yaml", "apiVersion: v1\nkind: List\nitems: null\n"}}).empty());
  CHECK(rendered(
            {{"app/a.yaml",
              "apiVersion: x/v1\nkind: Basket\nmetadata: {name: b}\nitems: null\nspec: {}\n"}}) ==
        Texts{"b"});
  CHECK(contains(
      error_of([] { rendered({{"app/a.yaml", "apiVersion: v1\nkind: List\nitems: [5]\n"}}); }),
      "must be a map"));
  CHECK(contains(
      error_of([] { rendered({{"app/a.yaml", "apiVersion: v1\nkind: List\nitems: [{a: b}]\n"}}); }),
      "no kind"));
}

TEST_CASE("labels and annotations must be texts") {
  for (const char* field : {"labels", "annotations"}) {
    for (const char* value : {"{version: 1.0}", "{on: yes}", "{a: null}", "[a]", "text"}) {
      CAPTURE(field);
      CAPTURE(value);
      const std::string text = manifest("a") + "  " + field + ": " + value + "\n";
      CHECK(contains(error_of([&] { rendered({{"app/a.yaml", text}}); }),
                     "metadata." + std::string(field)));
    }
    CHECK(rendered({{"app/a.yaml", manifest("a") + "  " + field + ": null\n"}}) == Texts{"a"});
  }
}

TEST_CASE("a key that is written twice is a warning that leaves nothing unknown") {
  Renderer renderer;
  const auto manifests =
      renderer.source(*tree({{"app/a.yaml", manifest("a") + "  name: b\n"}}), "app", Value());
  CHECK(names(*manifests) == Texts{"b"});
  REQUIRE(manifests->warnings.size() == 1);
  CHECK(manifests->warnings[0].source.starts_with("app/a.yaml:"));
  CHECK(manifests->warnings[0].unknown == LeavesUnknown::no);
}

TEST_CASE("byte order marks and UTF-16 are read, CRLF too") {
  CHECK(rendered({{"app/a.yaml", "\xef\xbb\xbf" + manifest("a")}}) == Texts{"a"});
  std::string wide = "\xff\xfe";
  for (const char c : manifest("w")) {
    wide += c;
    wide += '\0';
  }
  CHECK(rendered({{"app/a.yaml", wide}}) == Texts{"w"});
  CHECK(rendered({{"app/a.yaml",
                   "apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: c\r\n---\r\n" +
                       manifest("d")}}) == Texts{"c", "d"});
}

TEST_CASE("links to files are read, links to directories are not entered") {
  CHECK(rendered({{"app/a.yaml", "-> ../base/x.yaml"}, {"base/x.yaml", manifest("x")}}) ==
        Texts{"x"});
  CHECK(rendered({{"app/d.yaml", "-> ../base"},
                  {"base/x.yaml", manifest("x")},
                  {"app/b.yaml", manifest("b")}},
                 "{recurse: true}") == Texts{"b"});
}

TEST_CASE("links that leave the repository or loop are errors that name them") {
  for (const char* target : {"../../etc/passwd", "/etc/passwd", "a.yaml"}) {
    CAPTURE(target);
    const Files files = {{"app/a.yaml", "-> " + std::string(target)}};
    CHECK(contains(error_of([&] { rendered(files); }), "app/a.yaml"));
  }
}

TEST_CASE("more than 10M of manifests are refused") {
  const std::string big = "#" + std::string(6'000'000, 'x') + "\n";
  CHECK(contains(error_of([&] { rendered({{"app/a.yaml", big}, {"app/b.yaml", big}}); }), "10M"));
  CHECK(rendered({{"app/a.yaml", big}, {"app/b.txt", big}}).empty());
}

TEST_CASE("hostile manifests are refused by name") {
  std::string bomb =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 8; ++k) {
      bomb += "," + last;
    }
    bomb += "]\n";
  }
  CHECK(contains(error_of([&] { rendered({{"app/bomb.yaml", bomb}}); }), "app/bomb.yaml"));
  const std::string deep = "a: " + std::string(10'000, '[') + std::string(10'000, ']') + "\n";
  CHECK(contains(error_of([&] { rendered({{"app/deep.yaml", deep}}); }), "app/deep.yaml"));
}

}  // namespace
}  // namespace celldrift::render::test
