#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::fleet::test {
namespace {

const std::string clusters = "  - clusters: {}";

Expansion expand_one(const Value& set, const Fleet& fleet) {
  return expand({{set}, {}, {}}, fleet);
}

Value plain_application(const std::string& name, const std::string& destination) {
  return yaml(
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: " + name +
      ", namespace: argocd}\nspec:\n  source: {repoURL: 'https://git.example.com/m.git', path: p}\n"
      "  destination: " +
      destination + "\n");
}

TEST_CASE("an ApplicationSet makes one Application per cell, in the cell that it names") {
  const Fleet fleet({cell("cell-b"), cell("cell-a")});
  const std::vector<Application> applications = expand_set(set_of(clusters), fleet);
  CHECK(names(applications) == Texts{"cell-a-backend", "cell-b-backend"});
  const Application& first = applications.front();
  CHECK(first.cell == "cell-a");
  CHECK(first.ns == "argocd");
  CHECK(first.project == "default");
  CHECK(first.destination_server == "https://cell-a.example.com");
  CHECK(first.destination_namespace == "backend");
  REQUIRE(first.sources.size() == 1);
  CHECK(first.sources[0].path == "apps/backend");
  CHECK(first.origin.application_set == "backend");
  CHECK(first.origin.parameters.string_at({"name"}) == "cell-a");
  CHECK(describe(first.mark) == "test.yaml:7");
  CHECK(describe(first.origin.generator_mark) == "test.yaml:6");
}

TEST_CASE("cells that are no Secrets make no in-cluster Application unless one is the hub") {
  CHECK(expand_set(set_of(clusters), Fleet({cell("cell-a")})).size() == 1);
  Cell hub = cell("cell-a");
  hub.is_hub = true;
  const std::vector<Application> applications = expand_set(set_of(clusters), Fleet({hub}));
  CHECK(names(applications) == Texts{"cell-a-backend", "in-cluster-backend"});
  CHECK(applications[1].cell == "cell-a");
}

TEST_CASE("a hub that stands for the in-cluster Secret is there once") {
  Cell hub = cell("cell-a");
  hub.is_hub = true;
  hub.server = in_cluster_server;
  CHECK(names(expand_set(set_of(clusters), Fleet({hub}))) == Texts{"cell-a-backend"});
}

TEST_CASE("an unknown destination is a problem in Argo CD's words, the other Applications stay") {
  const Value set = set_of(
      "  - list: {elements: [{name: cell-a, server: 'https://cell-a.example.com/'}, "
      "{name: gone, server: 'https://gone'}]}");
  const Expansion expansion = expand_one(set, Fleet({cell("cell-a")}));
  CHECK(names(expansion.applications) == Texts{"cell-a-backend"});
  REQUIRE(expansion.problems.size() == 1);
  const Problem& problem = expansion.problems.front();
  CHECK(problem.message.find(
            "application destination spec is invalid: cluster \"https://gone\" not found") !=
        std::string::npos);
  CHECK(problem.application == "gone-backend");
  CHECK(problem.source == "test.yaml:7");
  CHECK(problem.unknown == LeavesUnknown::yes);
}

TEST_CASE("a generator whose inputs are missing is a problem that names the set and the line") {
  const std::pair<std::string, std::string> cases[] = {
      {"git: {repoURL: 'https://r', directories: [{path: '*'}]}", "no way to the repository"},
      {"plugin: {configMapRef: {name: x}}", "a plugin generator asks a service"},
      {"pullRequest: {github: {owner: o, repo: r}}", "a pullRequest generator asks a service"},
      {"scmProvider: {github: {organization: o}}", "a scmProvider generator asks a service"},
      {"clusterDecisionResource: {configMapRef: x, name: placed}",
       "reads resources of Argo CD's cluster"},
  };
  for (const auto& [generator, message] : cases) {
    CAPTURE(generator);
    const Expansion expansion =
        expand_one(set_of(clusters + "\n  - " + generator), Fleet({cell("cell-a")}));
    REQUIRE(expansion.problems.size() == 1);
    const Problem& problem = expansion.problems[0];
    CAPTURE(problem.message);
    CHECK(problem.message.find("applicationset backend") != std::string::npos);
    CHECK(problem.message.find(message) != std::string::npos);
    CHECK(problem.source == "test.yaml:7");
    CHECK(problem.unknown == LeavesUnknown::yes);
    // what celldrift lacks is no error of the set: the other generators' Applications stay
    CHECK(names(expansion.applications) == Texts{"cell-a-backend"});
  }
}

TEST_CASE("a set that Argo CD refuses makes no Applications at all") {
  const Value set = set_of(clusters + "\n  - list: {elements: [{name: 5}]}");
  const Expansion expansion = expand_one(set, Fleet({cell("cell-a")}));
  CHECK(expansion.applications.empty());
  REQUIRE(expansion.problems.size() == 1);
  CHECK(expansion.problems[0].message.find("spec.generators[1]") != std::string::npos);
  CHECK_THROWS_AS(expand_set(set, Fleet({cell("cell-a")})), Error);
}

TEST_CASE("an entry of a kind that nobody knows leaves the run incomplete") {
  const Expansion expansion = expand_one(set_of("  - wonder: {}"), Fleet({cell("cell-a")}));
  REQUIRE(expansion.problems.size() == 1);
  CHECK(expansion.problems[0].message.find("wonder") != std::string::npos);
  CHECK(expansion.problems[0].unknown == LeavesUnknown::yes);
}

TEST_CASE("Applications of one name refuse each other") {
  const Value set = set_of(
      "  - list: {elements: [{name: cell-a, server: 'https://cell-a.example.com'}, "
      "{name: cell-a, server: 'https://cell-b.example.com'}]}");
  const Fleet fleet({cell("cell-a"), cell("cell-b")});
  const Expansion expansion = expand_one(set, fleet);
  CHECK(expansion.applications.empty());
  REQUIRE(expansion.problems.size() == 1);
  CHECK(expansion.problems[0].message.find("duplicate name: cell-a-backend") != std::string::npos);
}

TEST_CASE("an Application that a set and a manifest both make is left out with a problem") {
  const Fleet fleet({cell("cell-a")});
  const Declared declared{
      {set_of(clusters)}, {plain_application("cell-a-backend", "{name: cell-a}")}, {}};
  const Expansion expansion = expand(declared, fleet);
  CHECK(expansion.applications.empty());
  REQUIRE(expansion.problems.size() == 1);
  CHECK(expansion.problems[0].message.find("made more than once") != std::string::npos);
}

TEST_CASE("copies of a set count once, two sets of one name not at all") {
  const Fleet fleet({cell("cell-a")});
  CHECK(expand({{set_of(clusters), set_of(clusters)}, {}, {}}, fleet).applications.size() == 1);
  const Expansion two =
      expand({{set_of(clusters), set_of(clusters, "'{{name}}-other'")}, {}, {}}, fleet);
  CHECK(two.applications.empty());
  CHECK(two.problems.size() == 1);
}

TEST_CASE("a plain Application goes to its cell") {
  const Declared declared{
      {}, {plain_application("cell-a-web", "{name: cell-a, namespace: web}")}, {}};
  const Expansion expansion = expand(declared, Fleet({cell("cell-a")}));
  REQUIRE(expansion.applications.size() == 1);
  CHECK(expansion.applications[0].cell == "cell-a");
  CHECK(expansion.applications[0].component == "web");
  CHECK(expansion.applications[0].project == "default");
}

TEST_CASE("a plain Application that Argo CD would not render is a problem") {
  struct Case {
    const char* why;
    const char* spec;
    const char* message;
  };
  const Case cases[] = {
      {"no path",
       "{source: {repoURL: x}, destination: {name: cell-a}}",
       "spec.source.path or spec.source.chart"},
      {"no repository", "{source: {path: x}, destination: {name: cell-a}}", "spec.source.repoURL"},
      {"no source", "{destination: {name: cell-a}}", "spec.source.repoURL"},
      {"a chart without a version",
       "{source: {repoURL: x, chart: c}, destination: {name: cell-a}}",
       "targetRevision is required"},
      {"neither name nor server",
       "{source: {repoURL: x, path: p}, destination: {}}",
       "Destination server missing"},
      {"name and server",
       "{source: {repoURL: x, path: p}, destination: {name: a, server: b}}",
       "both name and server"},
      {"a wrong type",
       "{source: {repoURL: x, path: 5}, destination: {name: cell-a}}",
       "spec.source.path must be a string"},
      {"one of several sources is empty",
       "{sources: [{repoURL: x, path: p}, {repoURL: x}], destination: {name: cell-a}}",
       "source.ref are required"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.why);
    const Value object =
        yaml("{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: web}, spec: " +
             std::string(one.spec) + "}");
    const Expansion expansion = expand({{}, {object}, {}}, Fleet({cell("cell-a")}));
    CHECK(expansion.applications.empty());
    REQUIRE(expansion.problems.size() == 1);
    CHECK(expansion.problems[0].message.find(one.message) != std::string::npos);
    CHECK(expansion.problems[0].application == "web");
  }
}

TEST_CASE("the result is sorted by cell, then name") {
  const Value set = set_of("  - clusters: {values: {x: ''}}\n  - clusters: {values: {x: a-}}",
                           "'{{values.x}}{{name}}'");
  const Expansion expansion = expand_one(set, Fleet({cell("z"), cell("b")}));
  CHECK(names(expansion.applications) == Texts{"a-b", "b", "a-z", "z"});
}

TEST_CASE("cells that share an API server are told apart by name") {
  Cell one = cell("node-group-1");
  Cell two = cell("node-group-2");
  one.server = two.server = "https://shared";
  const Expansion expansion = expand_one(set_of(clusters), Fleet({one, two}));
  REQUIRE(expansion.applications.size() == 2);
  CHECK(expansion.applications[0].cell == "node-group-1");
  CHECK(expansion.applications[1].cell == "node-group-2");
}

TEST_CASE("blocks that say nothing are dropped as Argo CD does before it looks at the source") {
  const Value set = yaml(
      "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: s}, spec: "
      "{generators: [{clusters: {}}], "
      "template: {metadata: {name: '{{name}}'}, spec: {project: '', syncPolicy: {}, destination: "
      "{name: '{{name}}'}, "
      "source: {repoURL: r, path: p, directory: {recurse: false, include: '*.yaml'}, helm: {}, "
      "kustomize: {commonAnnotationsEnvsubst: true}}}}}}");
  const std::vector<Application> applications = expand_set(set, Fleet({cell("cell-a")}));
  REQUIRE(applications.size() == 1);
  const Value& source = applications[0].sources[0].spec;
  CHECK(source.find("helm") == nullptr);
  CHECK(source.find("kustomize") == nullptr);
  CHECK(source.find("directory")->size() == 1);
  CHECK(applications[0].object.find({"spec", "syncPolicy"}) == nullptr);
  CHECK(applications[0].project == "default");
  CHECK(applications[0].ns == "argocd");
}

TEST_CASE("a hydrated Application is read from its sync branch") {
  const Value object = yaml(
      "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: web}, spec: "
      "{destination: {name: cell-a}, "
      "sourceHydrator: {drySource: {repoURL: 'https://r', path: dry, targetRevision: main}, "
      "syncSource: {targetBranch: env/a, path: wet}}}}");
  const Expansion expansion = expand({{}, {object}, {}}, Fleet({cell("cell-a")}));
  REQUIRE(expansion.applications.size() == 1);
  const ApplicationSource& source = expansion.applications[0].sources.at(0);
  CHECK(source.repo_url == "https://r");
  CHECK(source.path == "wet");
  CHECK(source.target_revision == "env/a");
}

TEST_CASE("names that the API server would refuse are problems, shown safely") {
  const Value set =
      set_of("  - list: {elements: [{name: \"x\\e[31m\", server: 'https://cell-a.example.com'}]}");
  const Expansion expansion = expand_one(set, Fleet({cell("cell-a")}));
  CHECK(expansion.applications.empty());
  REQUIRE(expansion.problems.size() == 1);
  CHECK(expansion.problems[0].message.find("is not a name that Kubernetes takes") !=
        std::string::npos);
}

TEST_CASE("ten thousand elements expand at once") {
  std::string elements;
  for (int i = 0; i < 10'000; ++i) {
    elements += (i > 0 ? ", " : "") + std::string("{name: n") + std::to_string(i) +
                ", server: 'https://cell-a.example.com'}";
  }
  const Value set = set_of("  - list: {elements: [" + elements + "]}");
  CHECK(expand_one(set, Fleet({cell("cell-a")})).applications.size() == 10'000);
}

TEST_CASE("a set that would write gigabytes is refused") {
  const std::string long_text(200'000, 'x');
  std::string elements;
  for (int i = 0; i < 2000; ++i) {
    elements += (i > 0 ? ", " : "") + std::string("{name: n") + std::to_string(i) + ", big: *b}";
  }
  const Value set = set_of("  - list: {elements: [{name: &b " + long_text + "}, " + elements + "]}",
                           "'{{big}}{{big}}{{big}}'");
  const Expansion expansion = expand_one(set, Fleet({cell("cell-a")}));
  CHECK(expansion.applications.empty());
  REQUIRE(!expansion.problems.empty());
  CHECK(expansion.problems[0].message.find("256 MiB") != std::string::npos);
}

TEST_CASE("a text full of open tags is refused quickly") {
  std::string bomb;
  for (int i = 0; i < 200'000; ++i) {
    bomb += "{{";
  }
  const Value set = set_of(clusters, "'" + bomb + " {{name}}'");
  CHECK(expand_one(set, Fleet({cell("cell-a")})).applications.empty());
}

}  // namespace
}  // namespace celldrift::fleet::test
