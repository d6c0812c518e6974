#include "celldrift/fleet/config.hpp"

#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace celldrift::fleet::test {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("celldrift-config-" + std::to_string(getpid()))) {
    fs::create_directories(path_ / "a" / "b");
  }
  ~Folder() { fs::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST_CASE("celldrift.yaml is read in full") {
  const Folder folder;
  const Config config = read_config(folder.write("celldrift.yaml", R"(
repo: .
revision: main
failOn: warning
contexts: [prod-*]
snapshots: [a.snapshot, s3://bucket/cells]
maxAge: 6h
clusterSecrets: [clusters.yaml]
map: {https://git.example.com/m.git: ../m}
hubContext: prod-hub
argocdNamespace: gitops
generatorInputs: inputs.yaml
newGitFileGlobbing: true
cells:
  - {name: cell-a, context: prod-a, labels: {env: prod}, hub: true}
  - {name: cell-b, snapshot: b.snapshot, server: "https://b", annotations: {x: why}}
  - {name: cell-c, server: "https://c"}
)"));
  CHECK(config.directory == folder.path().string());
  CHECK(config.repo == ".");
  CHECK(config.revision == "main");
  CHECK(config.fail_on == "warning");
  CHECK(config.contexts == Texts{"prod-*"});
  CHECK(config.snapshots == Texts{"a.snapshot", "s3://bucket/cells"});
  CHECK(config.max_age == "6h");
  CHECK(config.cluster_secrets == Texts{"clusters.yaml"});
  CHECK(config.map.at("https://git.example.com/m.git") == "../m");
  CHECK(config.hub_context == "prod-hub");
  CHECK(config.argocd_namespace == "gitops");
  CHECK(config.generator_inputs == "inputs.yaml");
  CHECK(config.new_git_file_globbing);
  REQUIRE(config.cells.size() == 3);
  CHECK(config.cells[0].hub);
  CHECK(config.cells[0].labels.at("env") == "prod");
  CHECK(config.cells[1].annotations.at("x") == "why");
}

TEST_CASE("cells of celldrift.yaml know how they are read") {
  const Folder folder;
  const std::string path = folder.write(
      "celldrift.yaml",
      "snapshots: [all/]\ncells:\n- {name: b, snapshot: x/b.snapshot}\n"
      "- {name: c, server: 'https://c'}\n- {name: d, snapshot: 's3://b/d.snap'}\n- {name: e}\n");
  const std::string empty = folder.write("kubeconfig", "apiVersion: v1\nkind: Config\n");
  const std::vector<Cell> cells =
      cells_from_config(read_config(path), kube::Kubeconfig::load({empty}));
  REQUIRE(cells.size() == 4);
  REQUIRE(std::holds_alternative<SnapshotFile>(cells[0].access));
  CHECK(std::get<SnapshotFile>(cells[0].access).path == (folder.path() / "x/b.snapshot").string());
  CHECK(std::holds_alternative<Unreachable>(cells[1].access));
  CHECK(cells[1].server == "https://c");
  CHECK(std::get<SnapshotFile>(cells[2].access).path == "s3://b/d.snap");
  CHECK(std::holds_alternative<Unreachable>(cells[3].access));
}

TEST_CASE("an empty file sets nothing") {
  const Folder folder;
  CHECK(read_config(folder.write("celldrift.yaml", "# nothing yet\n")).cells.empty());
}

TEST_CASE("mistakes are named with their place and the way out") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"repos: .",
       "celldrift.yaml:1:8: celldrift.yaml has an unknown key \"repos\"; did you mean \"repo\"?"},
      {"wonder: 1", "allowed are repo, revision, failOn, contexts"},
      {"repo: [x]", "celldrift.yaml: repo must be a string (quote it), not list"},
      {"revision: 1.10", "must be a string (quote it), not number"},
      {"- x", "celldrift.yaml must be a map, not list"},
      {"contexts: prod", "contexts must be a list, not string"},
      {"contexts: [1]", "contexts[0] must be a string"},
      {"failOn: fatal", "must be error, warning or note, not \"fatal\""},
      {"cells:\n- {name: a, context: x, snapshot: z}",
       "celldrift.yaml:2:3: cell \"a\" has both context and snapshot"},
      {"cells:\n- {name: a}", "needs a context, a snapshot or a server"},
      {"cells:\n- {context: a}", "cells[0]: name is missing"},
      {"cells:\n- {name: a, server: b, lables: {}}", "did you mean \"labels\"?"},
      {"cells:\n- {name: a, server: b, hub: 'true'}", "hub must be true or false, not string"},
      {"cells:\n- {name: a, server: b}\n- {name: a, server: c}", "two cells are named \"a\""},
      {"cells:\n- {name: a, server: b, hub: true}\n- {name: b, server: c, hub: true}",
       "are both hubs"},
      {"repo: a\nrepo: b", "repo"},
      {"repo: [", "celldrift.yaml:"},
      {"map: {a: 1}", "map.a must be a string"},
  };
  const Folder folder;
  for (const Case& one : cases) {
    CAPTURE(one.text);
    try {
      read_config(folder.write("celldrift.yaml", one.text));
      FAIL_CHECK("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::config);
      const std::string text = error.what();
      CAPTURE(text);
      CHECK(text.find(one.message) != std::string::npos);
    }
  }
}

TEST_CASE("a context that the kubeconfig does not have is refused with those that it has") {
  const Folder folder;
  const std::string path = folder.write("celldrift.yaml", "cells: [{name: a, context: gone}]\n");
  const std::string kubeconfig = folder.write(
      "kubeconfig",
      "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: 'https://c'}}]\n"
      "users: [{name: u, user: {token: t}}]\ncontexts: [{name: here, context: {cluster: c, user: "
      "u}}]\n");
  const kube::Kubeconfig loaded = kube::Kubeconfig::load({kubeconfig});
  CHECK_THROWS_WITH(cells_from_config(read_config(path), loaded),
                    doctest::Contains("the kubeconfig has: here"));
  CHECK_THROWS_WITH(cells_from_contexts(loaded, {"x*"}),
                    doctest::Contains("no context matches \"x*\""));
  const std::vector<Cell> cells = cells_from_contexts(loaded, {"he*", "here"});
  REQUIRE(cells.size() == 1);
  CHECK(cells[0].name == "here");
  CHECK(cells[0].server == "https://c");
}

TEST_CASE("the nearest celldrift.yaml above is found") {
  const Folder folder;
  CHECK(find_config((folder.path() / "a" / "b").string()).empty());
  const std::string path = folder.write("a/celldrift.yaml", "");
  CHECK(find_config((folder.path() / "a" / "b").string()) == path);
  CHECK(find_config((folder.path() / "a").string()) == path);
}

}  // namespace
}  // namespace celldrift::fleet::test
