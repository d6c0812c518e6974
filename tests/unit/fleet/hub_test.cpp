#include "celldrift/fleet/hub.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/fleet/cell.hpp"
#include "unit/kube/fake_api.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

using celldrift::test::FakeApi;

const std::string secrets_path =
    "/api/v1/namespaces/argocd/secrets?labelSelector=argocd.argoproj.io%2Fsecret-type%3Dcluster"
    "&limit=500";
const std::string settings_path = "/api/v1/namespaces/argocd/configmaps/argocd-cm";
const std::string secret_list =
    R"({"kind":"SecretList","apiVersion":"v1","metadata":{},"items":[)"
    R"({"metadata":{"name":"b","labels":{"argocd.argoproj.io/secret-type":"cluster"}},)"
    R"("data":{"name":"Yg==","server":"aHR0cHM6Ly9i"}},)"
    R"({"metadata":{"name":"a","labels":{"argocd.argoproj.io/secret-type":"cluster"}},)"
    R"("data":{"name":"YQ==","server":"aHR0cHM6Ly9h"}}]})";

Hub hub_of(FakeApi& api) {
  return {.api = api, .name = "context hub", .ns = "argocd"};
}

TEST_CASE("cluster Secrets and the settings of the hub become cells") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path == secrets_path) {
      return secret_list;
    }
    CHECK(path == settings_path);
    return R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"argocd-cm"},)"
           R"("data":{"cluster.inClusterEnabled":"false"}})";
  });
  const SecretCells found = cells_from_secrets(read_cluster_secrets(hub_of(api)), {});
  CHECK(found.problems.empty());
  REQUIRE(found.cells.size() == 3);
  CHECK(found.cells[0].name == "a");
  CHECK(found.cells[0].origin == "cluster secret a");
  CHECK(found.cells[1].server == "https://b");
  CHECK(found.cells[2].disabled);
}

TEST_CASE("a hub without settings has none") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path == secrets_path) {
      return secret_list;
    }
    throw Error(ErrorCode::not_found, "no such configmap");
  });
  CHECK(read_cluster_secrets(hub_of(api)).size() == 2);
}

TEST_CASE("a refusal names the hub and the right that is missing") {
  FakeApi api([](const std::string&) -> std::string {
    throw Error(ErrorCode::forbidden, "GET https://hub/api: forbidden");
  });
  try {
    read_cluster_secrets(hub_of(api));
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::forbidden);
    const std::string text = error.what();
    CHECK(text.find("context hub") != std::string::npos);
    CHECK(text.find("list secrets in namespace argocd") != std::string::npos);
  }
}

TEST_CASE("objects of the hub are asked for once, and by no path that a name makes up") {
  FakeApi api([](const std::string& path) -> std::string {
    if (path == "/api/v1/namespaces/argocd/configmaps/plugin") {
      return R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"plugin"}})";
    }
    CHECK(path == "/apis/cluster.io/v1beta1/namespaces/argocd/placementdecisions?limit=500");
    return R"({"kind":"PlacementDecisionList","apiVersion":"cluster.io/v1beta1","metadata":{},)"
           R"("items":[{"metadata":{"name":"b"}},{"metadata":{"name":"a"}}]})";
  });
  const auto objects = live_objects(hub_of(api));
  for (int i = 0; i < 2; ++i) {
    CHECK(objects->config_map("plugin")->string_at({"metadata", "name"}) == "plugin");
    const std::vector<Value> decisions = objects->list("cluster.io/v1beta1", "placementdecisions");
    REQUIRE(decisions.size() == 2);
    CHECK(decisions[0].string_at({"metadata", "name"}) == "a");
    CHECK(decisions[0].string_at({"kind"}) == "PlacementDecision");
  }
  CHECK_FALSE(objects->config_map("../../secrets/x"));
  CHECK(api.asked().size() == 2);
}

}  // namespace
}  // namespace celldrift::fleet::test
