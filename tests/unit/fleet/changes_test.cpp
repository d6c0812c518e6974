#include "celldrift/fleet/changes.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

using Kind = ApplicationChange::Kind;

Value parsed(const std::string& text) {
  return celldrift::yaml::parse(text).value;
}

Application application(const std::string& name, const std::string& set, const std::string& path) {
  Application one;
  one.name = name;
  one.ns = "argocd";
  one.cell = "cell-a";
  one.object = parsed("spec: {source: {path: " + path + "}}");
  one.origin.application_set = set;
  return one;
}

Expansion broken_set(const std::string& set) {
  Expansion expansion;
  expansion.problems.push_back({.message = set + " is broken"});
  expansion.set_of_problem[0] = set;
  return expansion;
}

std::string describe(const Changes& changes) {
  std::string text;
  for (const ApplicationChange& change : changes.list) {
    constexpr char signs[] = {'+', '-', '~', '?'};
    text += (text.empty() ? "" : " ") + std::string(1, signs[static_cast<int>(change.kind)]) +
            change.application().name;
  }
  return text;
}

TEST_CASE("Applications are added, removed, changed or left as they are") {
  Expansion before;
  before.applications = {
      application("gone", "s", "a"), application("same", "s", "a"), application("other", "s", "a")};
  Expansion after;
  after.applications = {
      application("same", "s", "a"), application("other", "s", "b"), application("new", "s", "a")};
  const Changes changes = changes_between({before, {"s"}}, {after, {"s"}});
  CHECK(describe(changes) == "-gone +new ~other");
  CHECK(changes.unchanged == 1);
  const ApplicationChange& changed = changes.list[2];
  REQUIRE(changed.fields.size() == 1);
  CHECK(changed.fields[0].path.text() == "spec.source.path");
  CHECK(changed.fields[0].before->as_string() == "a");
  CHECK(changed.fields[0].after->as_string() == "b");
}

TEST_CASE("an Application that goes to another cell is changed") {
  Expansion before;
  before.applications = {application("one", "s", "a")};
  Expansion after = before;
  after.applications[0].cell = "cell-b";
  CHECK(describe(changes_between({before, {}}, {after, {}})) == "~one");
}

TEST_CASE("what could not be expanded on one side is unknown, never removed or added") {
  Expansion whole;
  whole.applications = {application("x-1", "x", "a"), application("y-1", "y", "a")};
  const Expansion x_is_broken = broken_set("x");
  const Side all{whole, {"x", "y"}};
  CHECK(describe(changes_between(all, {x_is_broken, {"x", "y"}})) == "?x-1 -y-1");
  CHECK(describe(changes_between({x_is_broken, {"x", "y"}}, all)) == "?x-1 +y-1");
}

TEST_CASE("a broken set that is not on the other side may have been renamed") {
  Expansion whole;
  whole.applications = {application("x-1", "x", "a")};
  CHECK(describe(changes_between({whole, {"x"}}, {broken_set("renamed"), {"renamed"}})) == "?x-1");
}

TEST_CASE("a problem of one Application leaves the others known, one of a file none") {
  Expansion whole;
  whole.applications = {application("a", "x", "p"), application("b", "x", "p")};
  Expansion one_is_broken;
  one_is_broken.problems.push_back({.application = "a", .message = "duplicate"});
  CHECK(describe(changes_between({whole, {"x"}}, {one_is_broken, {"x"}})) == "?a -b");
  Expansion file_is_broken;
  file_is_broken.problems.push_back({.message = "does not parse"});
  CHECK(describe(changes_between({whole, {"x"}}, {file_is_broken, {"x"}})) == "?a ?b");
  Expansion only_warned;
  only_warned.problems.push_back({.message = "a warning", .unknown = LeavesUnknown::no});
  CHECK(describe(changes_between({whole, {"x"}}, {only_warned, {"x"}})) == "-a -b");
}

TEST_CASE("items of an Application's lists are named as people call them") {
  struct Case {
    std::string_view what;
    const char* before;
    const char* after;
    std::string paths;
  };
  const Case cases[] = {
      {"a parameter",
       "{spec: {source: {helm: {parameters: [{name: a, value: x}, {name: b.c, value: y}]}}}}",
       "{spec: {source: {helm: {parameters: [{name: b.c, value: z}, {name: d}]}}}}",
       "spec.source.helm.parameters[name=b.c].value spec.source.helm.parameters[name=d] "
       "spec.source.helm.parameters[name=a] "},
      {"another order is another list",
       "{helm: {parameters: [{name: a}, {name: b}]}}",
       "{helm: {parameters: [{name: b}, {name: a, value: x}]}}",
       "helm.parameters "},
      {"a name twice",
       "{helm: {parameters: [{name: a}, {name: a}]}}",
       "{helm: {parameters: [{name: a}, {name: b}]}}",
       "helm.parameters[1].name "},
      {"an image by its name",
       "{kustomize: {images: [app=r.io:5000/app:1, 'r.io:5000/web:1', db@sha256:ab, cache]}}",
       "{kustomize: {images: [app=r.io:5000/app:2, 'r.io:5000/web:2', db@sha256:cd, 'cache:1', "
       "r.io:5000/x]}}",
       "kustomize.images[name=app] kustomize.images[name=r.io:5000/web] kustomize.images[name=db] "
       "kustomize.images[name=cache] kustomize.images[name=r.io:5000/x] "},
      {"a plugin's",
       "{plugin: {env: [{name: A, value: x}], parameters: [{name: p, array: [x]}]}}",
       "{plugin: {env: [{name: A, value: y}], parameters: [{name: p, array: [y]}]}}",
       "plugin.env[name=A].value plugin.parameters[name=p].array[0] "},
      {"sources by name, ref or repository",
       "{spec: {sources: [{name: one, path: a}, {ref: r, path: a}, {repoURL: u, path: a}]}}",
       "{spec: {sources: [{name: one, path: b}, {ref: r, path: b}, {repoURL: u, path: b}, {ref: "
       "s}]}}",
       "spec.sources[name=one].path spec.sources[ref=r].path spec.sources[repoURL=u].path "
       "spec.sources[ref=s] "},
      {"a source of another repository is the same one",
       "{spec: {sources: [{repoURL: u, path: a}, {repoURL: v}]}}",
       "{spec: {sources: [{repoURL: w, path: a}, {repoURL: v}]}}",
       "spec.sources[0].repoURL "},
      {"two sources of one repository",
       "{spec: {sources: [{repoURL: u, path: a}, {repoURL: u, path: b}]}}",
       "{spec: {sources: [{repoURL: u, path: a}, {repoURL: u, path: c}]}}",
       "spec.sources[1].path "},
      {"what is ignored",
       "{spec: {ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: [/spec/a]}]}}",
       "{spec: {ignoreDifferences: [{kind: Secret, name: x}, {group: apps, kind: Deployment, "
       "jsonPointers: [/spec/b, /spec/a]}]}}",
       "spec.ignoreDifferences[kind=Secret,name=x] "
       "spec.ignoreDifferences[group=apps,kind=Deployment].jsonPointers[/spec/b] "},
      {"options",
       "{syncPolicy: {syncOptions: [A=b]}}",
       "{syncPolicy: {syncOptions: [C=d, A=b]}}",
       "syncPolicy.syncOptions[C=d] "},
  };
  for (const Case& row : cases) {
    CAPTURE(row.what);
    std::string paths;
    for (const FieldChange& change : changed_fields(parsed(row.before), parsed(row.after))) {
      paths += change.path.text() + " ";
    }
    CHECK(paths == row.paths);
  }
}

TEST_CASE("fields are compared by key, list items one by one") {
  struct Case {
    const char* before;
    const char* after;
    std::string paths;
  };
  const Case cases[] = {
      {"{a: 1}", "{a: 1}", ""},
      {"{a: 1}", "{a: 2}", "a "},
      {"{a: 1}", "{b: 1}", "b a "},
      {"{a: {b: {c: 1}}}", "{a: {b: {c: 2}}}", "a.b.c "},
      {"{a: [1, 2]}", "{a: [1, 3, 4]}", "a[1] a[2] "},
      {"{a: {b: 1}}", "{a: [1]}", "a "},
  };
  for (const Case& row : cases) {
    CAPTURE(row.after);
    std::string paths;
    for (const FieldChange& change : changed_fields(parsed(row.before), parsed(row.after))) {
      paths += change.path.text() + " ";
    }
    CHECK(paths == row.paths);
  }
}

}  // namespace
}  // namespace celldrift::fleet::test
