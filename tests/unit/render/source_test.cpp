#include "unit/render/support.hpp"

#include <doctest/doctest.h>

#include <thread>

namespace celldrift::render::test {
namespace {

TEST_CASE("the type of a source is detected as Argo CD does") {
  struct Case {
    const char* why;
    Files files;
    const char* spec;
    SourceType type;
  };
  const Case cases[] = {
      {"nothing special", {{"app/a.yaml", "x"}}, "{}", SourceType::directory},
      {"a chart", {{"app/Chart.yaml", "x"}}, "{}", SourceType::helm},
      {"a name that ends so", {{"app/myChart.yaml", "x"}}, "{}", SourceType::helm},
      {"kustomization.yaml", {{"app/kustomization.yaml", "x"}}, "{}", SourceType::kustomize},
      {"kustomization.yml", {{"app/kustomization.yml", "x"}}, "{}", SourceType::kustomize},
      {"Kustomization", {{"app/Kustomization", "x"}}, "{}", SourceType::kustomize},
      {"both: the last name wins",
       {{"app/Chart.yaml", "x"}, {"app/kustomization.yaml", "x"}},
       "{}",
       SourceType::kustomize},
      {"both, the other way round",
       {{"app/Kustomization", "x"}, {"app/aChart.yaml", "x"}},
       "{}",
       SourceType::helm},
      {"deeper ones do not count",
       {{"app/sub/Chart.yaml", "x"}, {"app/a.yaml", "x"}},
       "{}",
       SourceType::directory},
      {"a directory of that name", {{"app/Chart.yaml/x", "x"}}, "{}", SourceType::directory},
      {"a block says it",
       {{"app/Chart.yaml", "x"}},
       "{directory: {recurse: true}}",
       SourceType::directory},
      {"even an empty one", {{"app/a.yaml", "x"}}, "{helm: {}}", SourceType::helm},
      {"a plugin", {{"app/Chart.yaml", "x"}}, "{plugin: {name: x}}", SourceType::plugin},
      {"null is no block", {{"app/Chart.yaml", "x"}}, "{kustomize: null}", SourceType::helm},
  };
  for (const Case& one : cases) {
    CAPTURE(one.why);
    CHECK(detect(*tree(one.files), "app", yaml(one.spec)) == one.type);
  }
}

TEST_CASE("several blocks are refused in Argo CD's words") {
  const auto files = tree({{"app/a.yaml", "x"}});
  CHECK(contains(error_of([&] { detect(*files, "app", yaml("{helm: {}, kustomize: {}}")); }),
                 "multiple application sources defined: Kustomize,Helm"));
}

TEST_CASE("a path that is none is refused in Argo CD's words") {
  const auto files = tree({{"app/a.yaml", "x"}, {"link", "-> app"}});
  CHECK(contains(error_of([&] { detect(*files, "/app", Value()); }), "/app: app path is absolute"));
  CHECK(contains(error_of([&] { detect(*files, "gone", Value()); }),
                 "gone: app path does not exist"));
  CHECK(contains(error_of([&] { detect(*files, "app/a.yaml", Value()); }), "not a directory"));
  CHECK_FALSE(error_of([&] { detect(*files, "../x", Value()); }).empty());
  CHECK(contains(error_of([&] { detect(*files, "link", Value()); }), "symbolic link"));
}

TEST_CASE("what has no engine yet is an error that says so") {
  Renderer renderer;
  const auto files =
      tree({{"app/Chart.yaml", "x"}, {"k/kustomization.yaml", "x"}, {"j/a.jsonnet", "{}"}});
  const auto message = [&](const char* path, const char* spec) {
    return error_of([&] { renderer.source(*files, path, yaml(spec)); });
  };
  CHECK(contains(message("app", "{}"), "helm sources are not supported yet: app"));
  CHECK(contains(message("k", "{}"), "kustomize sources are not supported yet: k"));
  CHECK(contains(message("k", "{plugin: {}}"), "plugin sources are not supported yet"));
  CHECK(contains(message("j", "{}"), "jsonnet is not supported yet: j/a.jsonnet"));
  CHECK(contains(message("", "{chart: web}"), "Helm repository"));
  CHECK(contains(message("app", "{repoURL: 'oci://x'}"), "OCI"));
}

TEST_CASE("an excluded jsonnet file does not matter") {
  CHECK(rendered({{"app/a.jsonnet", "{}"}, {"app/b.yaml", manifest("b")}},
                 "{exclude: '*.jsonnet'}") == Texts{"b"});
}

TEST_CASE("a source that is only referenced renders nothing") {
  Renderer renderer;
  CHECK(renderer.source(*tree({{"a.yaml", manifest("a")}}), "", yaml("{ref: values}"))
            ->objects.empty());
}

TEST_CASE("the root can be a source") {
  Renderer renderer;
  CHECK(names(*renderer.source(*tree({{"a.yaml", manifest("a")}}), ".", Value())) == Texts{"a"});
}

TEST_CASE("files beside the manifests override the source of the Application that they name") {
  struct Case {
    const char* ns;
    const char* file;
    bool concerns_it;
  };
  const Case cases[] = {{"argocd", ".argocd-source.yaml", true},
                        {"argocd", ".argocd-source-web.yaml", true},
                        {"argocd", ".argocd-source-argocd_web.yaml", false},
                        {"argocd", ".argocd-source-other.yaml", false},
                        {"team", ".argocd-source-web.yaml", false},
                        {"team", ".argocd-source-team_web.yaml", true}};
  for (const Case& one : cases) {
    CAPTURE(one.ns);
    CAPTURE(one.file);
    fleet::Application application{.name = "web", .ns = one.ns};
    const fleet::ApplicationSource source{.path = "app", .spec = yaml("{repoURL: r, path: app}")};
    const auto files = tree({{"app/" + std::string(one.file), "directory: {recurse: true}"},
                             {"app/a.yaml", manifest("a")},
                             {"app/sub/b.yaml", manifest("b")}});
    Renderer renderer;
    CHECK(names(*renderer.source(*files, source, application)) ==
          (one.concerns_it ? Texts{"a", "b"} : Texts{"a"}));
  }
}

TEST_CASE("an override file can choose the tool, and the Application's own has the last word") {
  const fleet::Application application{.name = "web", .ns = "argocd"};
  const fleet::ApplicationSource source{.path = ".", .spec = yaml("{repoURL: r, path: .}")};
  const auto message = [&](Files files) {
    files.emplace("a.yaml", manifest("a"));
    Renderer renderer;
    const auto all = tree(std::move(files));
    return error_of([&] { renderer.source(*all, source, application); });
  };
  CHECK(contains(message({{".argocd-source.yaml", "helm: {}"}}), "helm sources"));
  CHECK(contains(
      message({{".argocd-source.yaml", "helm: {}"}, {".argocd-source-web.yaml", "kustomize: {}"}}),
      "multiple application sources defined: Kustomize,Helm"));
  CHECK(contains(message({{".argocd-source.yaml", ""}}), ".argocd-source.yaml:1: overrides of"));
  CHECK(contains(message({{".argocd-source-web.yaml", "directory: {recurse: 1}"}}),
                 ".argocd-source-web.yaml:1:22: source.directory.recurse must be true or false"));
  CHECK(contains(message({{".argocd-source.yaml", "-> ../../etc/passwd"}}), ".argocd-source.yaml"));
  CHECK(message({{".argocd-source.yaml", "-> nowhere"}}).empty());
  CHECK(message({{".argocd-source.yaml/x", ""}}).empty());
}

TEST_CASE("a directory rendered without an Application takes the override that is for all") {
  Renderer renderer;
  const auto files = tree({{"app/.argocd-source.yaml", "directory: {recurse: true}"},
                           {"app/sub/b.yaml", manifest("b")},
                           {"one/.argocd-source-web.yaml", "{}"}});
  CHECK(names(*renderer.source(*files, "app", Value())) == Texts{"b"});
  CHECK(contains(error_of([&] { renderer.source(*files, "one", Value()); }),
                 "one/.argocd-source-web.yaml overrides the source for one Application"));
}

TEST_CASE("the same source is rendered once, another option or path anew") {
  Renderer renderer;
  const auto files = tree({{"app/a.yaml", manifest("a")}, {"twin/a.yaml", manifest("a")}});
  const auto first = renderer.source(*files, "app", Value());
  CHECK(renderer.source(*files, "app", yaml("{directory: {recurse: false}}")) == first);
  CHECK(renderer.source(*files, "app", yaml("{directory: {recurse: true}}")) != first);
  const auto twin = renderer.source(*files, "twin", Value());
  CHECK(describe(twin->objects[0].mark()) == "twin/a.yaml:1");
}

TEST_CASE("threads that want the same source get the same, errors too") {
  Renderer renderer;
  const auto files = tree({{"app/a.yaml", manifest("a")}, {"bad/a.json", "{"}});
  std::vector<std::thread> threads;
  std::vector<std::shared_ptr<const Manifests>> results(8);
  std::vector<std::string> errors(8);
  for (std::size_t i = 0; i < results.size(); ++i) {
    threads.emplace_back([&, i] {
      results[i] = renderer.source(*files, "app", Value());
      errors[i] = error_of([&] {
        try {
          renderer.source(*files, "bad", Value());
        } catch (Error& error) {
          error.add_context("thread " + std::to_string(i));
          throw;
        }
      });
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (std::size_t i = 0; i < results.size(); ++i) {
    CHECK(results[i] == results[0]);
    CHECK(contains(errors[i], "thread " + std::to_string(i) + ":"));
  }
}

}  // namespace
}  // namespace celldrift::render::test
