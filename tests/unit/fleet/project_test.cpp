// AppProjects, compared with what Argo CD's own code said of the same ones (testdata/projects,
// recorded by tests/oracles/argocd/record).
#include "celldrift/fleet/project.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/applications/application.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <sstream>

namespace celldrift::fleet {
namespace {

using Texts = std::vector<std::string>;

Texts texts(const Value& list) {
  Texts result;
  for (const Value& item : list.items()) {
    result.emplace_back(item.as_string());
  }
  return result;
}

Fleet fleet_of(const Value& clusters) {
  std::vector<Cell> cells;
  for (const Value& cluster : clusters.items()) {
    const std::string server(cluster.string_at({"server"}));
    cells.push_back({.name = std::string(cluster.string_at({"name"})),
                     .server = server,
                     .project = std::string(cluster.string_at({"project"})),
                     .is_hub = server == in_cluster_server});
  }
  return Fleet(std::move(cells));
}

// With what the global projects of the question add to it.
Value joined_project(const Value& question) {
  const Value& own = *question.find("project");
  const Value* globals = question.find("globalProjects");
  if (globals == nullptr) {
    return own;
  }
  std::vector<Value> known{own};
  std::ranges::copy(question.find("others")->items(), std::back_inserter(known));
  const Value config_map = Value::map({{"data", Value::map({{"globalProjects", *globals}})}});
  std::vector<Problem> problems;
  return GlobalProjects::read(config_map, problems).joined(known).front();
}

Texts schedules(const Value& project) {
  Texts result;
  if (const Value* windows = project.find({"spec", "syncWindows"})) {
    for (const Value& window : windows->items()) {
      result.emplace_back(window.string_at({"schedule"}));
    }
  }
  return result;
}

// Only the conditions that are the project's: what is wrong with the Application itself is told
// elsewhere.
void check_case(const Value& question) {
  const Fleet fleet = fleet_of(*question.find("clusters"));
  const Value& stated = *question.find("app");
  const Application application = read_application(stated);
  const Cell& cell =
      fleet.destination(application.destination_server, application.destination_name);
  const Value whole = joined_project(question);
  Project project(whole);
  project.add_scoped_clusters(fleet);
  const std::vector<std::string> objections = project.objections(application, cell, "argocd");
  Texts wanted = texts(*question.find({"answer", "conditions"}));
  if (!wanted.empty() &&
      wanted.front().find("is not permitted to use project") != std::string::npos) {
    wanted.resize(1);  // Argo CD looks no further
  }
  CHECK(objections == wanted);
  Texts refused;
  for (const Value& object : question.find("objects")->items()) {
    const ObjectKey key{.group = std::string(object.string_at({"group"})),
                        .kind = std::string(object.string_at({"kind"})),
                        .ns = std::string(object.string_at({"namespace"})),
                        .name = std::string(object.string_at({"name"}))};
    if (project.objection(key, application, cell)) {
      refused.push_back(key.group + "/" + key.kind + "/" + key.ns + "/" + key.name);
    }
  }
  CHECK(refused == texts(*question.find({"answer", "refused"})));
  if (const Value* windows = question.find({"answer", "windows"})) {
    CHECK(schedules(whole) == texts(*windows));
  }
}

Value project_named(const std::string& name, const std::string& spec) {
  return yaml::parse("{apiVersion: argoproj.io/v1alpha1, kind: AppProject, metadata: {name: " +
                     name + "}, spec: " + spec + "}")
      .value;
}

Application application_of(const std::string& project) {
  return read_application(
      yaml::parse("{metadata: {name: web, namespace: argocd}, spec: {project: " + project +
                  ", source: {repoURL: 'https://example.com/r', path: p}, "
                  "destination: {server: 'https://a', namespace: web}}}")
          .value);
}

}  // namespace

TEST_CASE("an AppProject has against an Application what Argo CD says") {
  const char* folder = std::getenv("CELLDRIFT_PROJECTS");
  for (const auto& entry : std::filesystem::directory_iterator(
           folder == nullptr ? CELLDRIFT_TESTDATA "/projects" : folder)) {
    std::istringstream lines(read_file(entry.path().string()));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with('{')) {
        CAPTURE(line);
        check_case(yaml::parse_json(line).value);
      }
    }
  }
}

TEST_CASE("a project that nobody declares is no objection where no project is known") {
  std::vector<Problem> problems;
  const Cell cell{.name = "a", .server = "https://a"};
  const Application application = application_of("shop");
  CHECK(Projects().objections(application, cell, "argocd").empty());
  const Projects others({project_named("other", "{}")}, Fleet({cell}), problems);
  CHECK(others.objections(application, cell, "argocd") ==
        Texts{"Application referencing project shop which does not exist"});
  CHECK(others.objections(application_of("default"), cell, "argocd").empty());
  CHECK(problems.empty());
}

TEST_CASE("global projects that cannot be read are none, and what is wrong is told") {
  struct Case {
    std::string_view what;
    std::string text;
    std::string told;  // "" for nothing
  };
  const Case cases[] = {
      {"no list", "{}", "globalProjects cannot be read"},
      {"no YAML", "[", "globalProjects cannot be read"},
      {"nothing", " ", ""},
      {"an operator that there is not",
       "[{projectName: base, labelSelector: {matchExpressions: [{key: a, operator: x}]}}]",
       "a broken selector for base"},
  };
  const std::vector<Value> projects{project_named("shop", "{}"),
                                    project_named("base", "{sourceRepos: ['*']}")};
  for (const Case& one : cases) {
    CAPTURE(one.what);
    std::vector<Problem> problems;
    const Value config_map =
        Value::map({{"data", Value::map({{"globalProjects", Value::string(one.text)}})}});
    CHECK(GlobalProjects::read(config_map, problems).joined(projects) == projects);
    REQUIRE(problems.size() == (one.told.empty() ? 0 : 1));
    for (const Problem& problem : problems) {
      CHECK(problem.message.find(one.told) != std::string::npos);
      CHECK(problem.unknown == LeavesUnknown::no);
    }
  }
}

TEST_CASE("what a global project permits joins the projects that it is of, the default one too") {
  const Value settings = yaml::parse("data: {globalProjects: '[{projectName: base}]'}").value;
  std::vector<Problem> problems;
  const GlobalProjects globals = GlobalProjects::read(settings, problems);
  const Cell cell{.name = "a", .server = "https://a"};
  const auto permits = [&](const std::vector<Value>& objects, const std::string& project) {
    return Projects(objects, Fleet({cell}), problems, globals)
        .objections(application_of(project), cell, "argocd")
        .empty();
  };
  const Value shop = project_named("shop", "{sourceRepos: ['*']}");
  const Value base = project_named("base",
                                   "{destinations: [{server: '*', namespace: '*'}, {server: '*', "
                                   "namespace: '!web'}]}");
  const Value open = project_named("base", "{destinations: [{server: '*', namespace: '*'}]}");
  CHECK(permits({shop, open}, "shop"));
  CHECK_FALSE(permits({shop, base}, "shop"));
  CHECK(permits({open}, "default"));
  CHECK_FALSE(permits({base}, "default"));
  CHECK(problems.empty());
  CHECK_FALSE(permits({shop}, "shop"));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.find("\"base\", which is not known") != std::string::npos);
}

TEST_CASE("a default project that is declared restricts as any other") {
  std::vector<Problem> problems;
  const Cell cell{.name = "a", .server = "https://a"};
  const Projects projects({project_named("default", "{}")}, Fleet({cell}), problems);
  CHECK(projects.objections(application_of("default"), cell, "argocd").size() == 2);
}

TEST_CASE("a broken project is a problem, and its Applications are not looked at") {
  std::vector<Problem> problems;
  const Cell cell{.name = "a", .server = "https://a"};
  const Projects projects({project_named("shop", "{sourceRepos: '*'}")}, Fleet({cell}), problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.find("spec.sourceRepos must be a list") != std::string::npos);
  CHECK(projects.objections(application_of("shop"), cell, "argocd") ==
        Texts{"its project shop could not be read"});
}

TEST_CASE("clusters of a project are its destinations") {
  std::vector<Problem> problems;
  const Cell own{.name = "a", .server = "https://a/", .project = "shop"};
  const Cell other{.name = "b", .server = "https://b"};
  const Fleet fleet({own, other});
  const Projects projects(
      {project_named("shop", "{sourceRepos: ['*'], permitOnlyProjectScopedClusters: true}")},
      fleet,
      problems);
  const Application application = application_of("shop");
  CHECK(projects.objections(application, own, "argocd").empty());
  CHECK(projects.objections(application, other, "argocd").size() == 1);
  CHECK_FALSE(projects.objection({"apps", "Deployment", "web", "x"}, application, own));
  CHECK(projects.objection({"", "Namespace", "", "x"}, application, own) ==
        "resource :Namespace is not permitted in project shop");
  CHECK(projects.objection({"", "ConfigMap", "web", "x"}, application, other) ==
        "namespace web is not permitted in project 'shop'");
}

TEST_CASE("the hub is known to projects by Argo CD's own name for it") {
  std::vector<Problem> problems;
  const Cell hub{.name = "prod-hub", .server = "https://hub:6443", .is_hub = true};
  const Projects projects(
      {project_named("shop",
                     "{sourceRepos: ['*'], destinations: [{name: in-cluster, namespace: '*'}]}")},
      Fleet({hub}),
      problems);
  Application application = application_of("shop");
  application.destination_server = "https://kubernetes.default.svc";
  CHECK(projects.objections(application, hub, "argocd").empty());
}

}  // namespace celldrift::fleet
