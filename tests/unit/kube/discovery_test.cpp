#include "celldrift/kube/discovery.hpp"

#include "celldrift/core/error.hpp"
#include "unit/kube/fake_api.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace celldrift;
using test::FakeApi;

namespace {

using Documents = std::map<std::string, std::string>;

kube::ApiSurface discover(const Documents& documents) {
  FakeApi api([&](const std::string& path) -> std::string {
    const auto found = documents.find(path);
    if (found == documents.end()) {
      throw Error(ErrorCode::server, path + " is broken");
    }
    return found->second;
  });
  return kube::discover(api, kube::Deadline::max());
}

std::string aggregated(const std::string& items) {
  return R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[)" +
         items + "]}";
}

const std::string core =
    aggregated(R"({"metadata":{},"versions":[{"version":"v1","freshness":"Current","resources":[
  {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","verbs":["get","list"],
   "subresources":[{"subresource":"log","responseKind":{"kind":"Pod"},"verbs":["get"]}]},
  {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["list"]},
  {"resource":"bindings","responseKind":{"kind":"Binding"},"scope":"Namespaced","verbs":["create"]},
  {"resource":"nameless","scope":"Namespaced","verbs":["list"]}]}]})");

const std::string groups = aggregated(
    R"({"metadata":{"name":"autoscaling"},"versions":[
      {"version":"v2","freshness":"Current","resources":[
        {"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced",
         "verbs":["list"]}]},
      {"version":"v1","freshness":"Current","resources":[
        {"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced",
         "verbs":["list"]}]}]},
     {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":[
        {"resource":"nodes","responseKind":{"kind":"NodeMetrics"},"scope":"Cluster","verbs":["list"]}]}]})");

void check_core(const kube::ApiSurface& surface) {
  const kube::ServedKind& pods = surface.kinds.at({"", "Pod"});
  CHECK(pods.scope == Scope::namespaced);
  REQUIRE(pods.versions.size() == 1);
  CHECK(pods.versions[0].resource == "pods");
  CHECK(pods.versions[0].listable);
  CHECK(surface.kinds.at({"", "Node"}).scope == Scope::cluster);
  CHECK_FALSE(surface.kinds.at({"", "Binding"}).versions[0].listable);
}

}  // namespace

TEST_CASE("aggregated discovery gives kinds, scopes, versions and what failed") {
  const auto surface =
      discover({{"/api", core}, {"/apis", groups}, {"/version", R"({"gitVersion":"v1.35.1"})"}});
  check_core(surface);
  CHECK(surface.kinds.size() == 4);
  CHECK(surface.git_version == "v1.35.1");
  const kube::ServedKind& hpa = surface.kinds.at({"autoscaling", "HorizontalPodAutoscaler"});
  CHECK(hpa.find("v1")->version == "v1");
  CHECK(hpa.find("v2beta2") == nullptr);
  CHECK(surface.served().find("autoscaling/v2beta2", "HorizontalPodAutoscaler").elsewhere ==
        "autoscaling/v2");
  CHECK(surface.served().find("metrics.k8s.io/v1", "X").state == kube::Serving::State::unknown);
  CHECK(surface.failed_groups.contains("metrics.k8s.io"));
  CHECK(surface.scopes().find({"", "Node"}) == Scope::cluster);
}

TEST_CASE("without aggregation each group is asked for, and a broken one is known to be broken") {
  const auto surface = discover({
      {"/api", R"({"kind":"APIVersions","versions":["v1"]})"},
      {"/api/v1",
       R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
         {"name":"pods","namespaced":true,"kind":"Pod","verbs":["get","list"]},
         {"name":"pods/log","namespaced":true,"kind":"Pod","verbs":["get"]},
         {"name":"pods/eviction","namespaced":true,"kind":"Eviction","verbs":["create"]},
         {"name":"bindings","namespaced":true,"kind":"Binding","verbs":["create"]},
         {"name":"nodes","namespaced":false,"kind":"Node","verbs":["list"]}]})"},
      {"/apis",
       R"({"kind":"APIGroupList","groups":[
         {"name":"apps","versions":[{"version":"v1beta1"},{"version":"v1"}],"preferredVersion":{"version":"v1"}},
         {"name":"broken","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}]})"},
      {"/apis/apps/v1",
       R"({"kind":"APIResourceList","resources":[{"name":"deployments","namespaced":true,"kind":"Deployment","verbs":["list"]}]})"},
      {"/apis/apps/v1beta1",
       R"({"kind":"APIResourceList","resources":[{"name":"deployments","namespaced":true,"kind":"Deployment","verbs":["list"]}]})"},
  });
  check_core(surface);
  CHECK(surface.kinds.size() == 4);
  CHECK(surface.git_version.empty());  // /version failed, which hides nothing
  REQUIRE(surface.kinds.at({"apps", "Deployment"}).versions.size() == 2);
  CHECK(surface.kinds.at({"apps", "Deployment"}).versions[0].version == "v1");
  CHECK(surface.failed_groups.at("broken") == "/apis/broken/v1 is broken");
}

TEST_CASE("of two resources of one kind the real one is taken") {
  const auto surface = discover({{"/apis", aggregated("")},
                                 {"/api",
                                  aggregated(
                                      R"({"metadata":{},"versions":[{"version":"v1","resources":[
        {"resource":"viewsofthings","responseKind":{"kind":"Thing"},"scope":"Namespaced","verbs":["list"]},
        {"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster","verbs":["list"]},
        {"resource":"thingchecks","responseKind":{"kind":"Thing"},"scope":"Namespaced","verbs":["create"]}]}]})")}});
  CHECK(surface.kinds.at({"", "Thing"}).versions.at(0).resource == "things");
  CHECK(surface.kinds.at({"", "Thing"}).scope == Scope::cluster);
}

TEST_CASE("a server that does not answer, or answers nonsense, is an error") {
  const Documents cases[] = {
      {},
      {{"/api", core}},
      {{"/apis", groups}},
      {{"/api", "<html>"}, {"/apis", groups}},
      {{"/api", "[]"}, {"/apis", groups}},
      {{"/api", R"({"kind":"Status"})"}, {"/apis", groups}},
  };
  for (const Documents& documents : cases) {
    CHECK_THROWS_AS(discover(documents), Error);
  }
}
