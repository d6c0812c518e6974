#include "celldrift/fleet/declared_objects.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/declared/resource_names.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

const std::string decision =
    "apiVersion: cluster.io/v1beta1\nkind: PlacementDecision\nmetadata: {name: NAME, namespace: "
    "argocd}\nstatus: {decisions: [{clusterName: NAME}]}\n";

std::string decision_named(const std::string& name) {
  std::string text = decision;
  for (std::size_t at = text.find("NAME"); at != std::string::npos; at = text.find("NAME")) {
    text.replace(at, 4, name);
  }
  return text;
}

std::string config_map(const std::string& name, const std::string& place, const std::string& url) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + place +
         "}\ndata: {baseUrl: '" + url + "'}\n";
}

std::unique_ptr<ArgoObjects> in_tree(std::map<std::string, std::string> files) {
  return objects_in_tree(git::memory_tree(std::move(files)), "argocd");
}

TEST_CASE("kinds are guessed from plurals as Kubernetes' tools do it") {
  const std::pair<std::string, std::string> cases[] = {{"PlacementDecision", "placementdecisions"},
                                                       {"NetworkPolicy", "networkpolicies"},
                                                       {"Ingress", "ingresses"},
                                                       {"Endpoints", "endpoints"},
                                                       {"AppProject", "appprojects"}};
  for (const auto& [kind, plural] : cases) {
    CHECK(guessed_plural(kind) == plural);
  }
}

TEST_CASE("objects of a tree are found wherever they lie, by name") {
  const auto objects =
      in_tree({{"argocd/decisions.yaml", decision_named("b") + "---\n" + decision_named("a")},
               {"argocd/plugin.yaml", config_map("plugin", "", "http://p")},
               {"elsewhere/plugin.yaml", config_map("plugin", ", namespace: other", "http://q")},
               {"broken.yaml", "kind: ConfigMap\nname: plugin\n  oops: ["},
               {"notes.txt", config_map("plugin", "", "http://r")}});
  const std::optional<Value> plugin = objects->config_map("plugin");
  REQUIRE(plugin);
  CHECK(plugin->string_at({"data", "baseUrl"}) == "http://p");
  CHECK(describe(plugin->mark()) == "argocd/plugin.yaml:1");
  CHECK_FALSE(objects->config_map("other"));
  const std::vector<Value> decisions = objects->list("cluster.io/v1beta1", "placementdecisions");
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0].string_at({"metadata", "name"}) == "a");
}

TEST_CASE("a definition says which kind a resource is") {
  const auto objects = in_tree(
      {{"crd.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
        "metadata: {name: geese.birds.io}\nspec: {group: birds.io, names: {plural: geese, kind: "
        "Goose}}\n"},
       {"goose.yaml", "apiVersion: birds.io/v1\nkind: Goose\nmetadata: {name: g}\n"}});
  CHECK(objects->list("birds.io/v1", "geese").size() == 1);
}

TEST_CASE("that nobody wrote one down is not that there is none") {
  const auto objects = in_tree({{"a.yaml", decision_named("a")}});
  CHECK_THROWS_WITH_AS(objects->list("cluster.io/v1beta1", "placementrules"),
                       doctest::Contains("--hub-context"),
                       Error);
  CHECK_THROWS_AS(objects->list("cluster.io/v1", "placementdecisions"), Error);
}

TEST_CASE("two different objects of one name are refused, copies are one") {
  const auto different = in_tree({{"a.yaml", config_map("plugin", "", "http://a")},
                                  {"b.yaml", config_map("plugin", "", "http://b")}});
  CHECK_THROWS_WITH_AS(different->config_map("plugin"), doctest::Contains("a.yaml:1"), Error);
  const auto same = in_tree({{"a.yaml", decision_named("a")}, {"b.yaml", decision_named("a")}});
  CHECK(same->list("cluster.io/v1beta1", "placementdecisions").size() == 1);
}

TEST_CASE("what one source does not know the next is asked for") {
  std::vector<std::unique_ptr<ArgoObjects>> all;
  all.push_back(objects_among(
      celldrift::yaml::parse_stream("kind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n"
                                    "  metadata: {name: plugin}\n  data: {baseUrl: first}\n")
          .documents,
      "inputs.yaml",
      "argocd"));
  all.push_back(in_tree({{"a.yaml", decision_named("a")},
                         {"b.yaml", config_map("plugin", "", "second")},
                         {"c.yaml", config_map("more", "", "third")}}));
  const auto objects = first_that_knows(std::move(all));
  CHECK(objects->config_map("plugin")->string_at({"data", "baseUrl"}) == "first");
  CHECK(objects->config_map("more")->string_at({"data", "baseUrl"}) == "third");
  CHECK(objects->list("cluster.io/v1beta1", "placementdecisions").size() == 1);
  CHECK_THROWS_AS(objects->list("x.io/v1", "things"), Error);
}

}  // namespace
}  // namespace celldrift::fleet::test
