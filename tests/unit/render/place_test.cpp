#include "unit/render/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::render::test {
namespace {

fleet::Application application(const std::string& ns = "web") {
  fleet::Application result;
  result.name = "cell-a-web";
  result.cell = "cell-a";
  result.destination_namespace = ns;
  return result;
}

std::shared_ptr<const Manifests> manifests(const std::string& stream) {
  Manifests result;
  result.objects = celldrift::yaml::parse_stream(stream).documents;
  return std::make_shared<const Manifests>(std::move(result));
}

Texts keys(const Desired& desired) {
  Texts result;
  for (const auto& [key, object] : desired.objects) {
    result.push_back(describe(key));
  }
  return result;
}

TEST_CASE("namespaced objects without a namespace get the destination's") {
  const Desired desired =
      place({manifests(manifest("a") + "---\n" + manifest("b") + "  namespace: own\n")},
            application(),
            ScopeTable::builtin());
  CHECK(keys(desired) == Texts{"ConfigMap own/b", "ConfigMap web/a"});
  CHECK(desired.objects[1].second.string_at({"metadata", "namespace"}) == "web");
  CHECK(desired.warnings.empty());
}

TEST_CASE("cluster-scoped objects lose theirs") {
  const Desired desired = place({manifests("apiVersion: rbac.authorization.k8s.io/v1\nkind: "
                                           "ClusterRole\nmetadata: {name: r, namespace: x}\n")},
                                application(),
                                ScopeTable::builtin());
  CHECK(keys(desired) == Texts{"rbac.authorization.k8s.io/ClusterRole r"});
  CHECK(desired.objects[0].second.find({"metadata", "namespace"}) == nullptr);
}

TEST_CASE(
    "an unknown kind counts as namespaced, unless the Application or the cell says otherwise") {
  const std::string basket = "apiVersion: x.example.com/v1\nkind: Basket\nmetadata: {name: b}\n";
  const std::string definition =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: "
      "baskets.x.example.com}\n"
      "spec: {group: x.example.com, scope: Cluster, names: {kind: Basket}}\n";
  CHECK(keys(place({manifests(basket)}, application(), ScopeTable::builtin())) ==
        Texts{"x.example.com/Basket web/b"});
  CHECK(
      keys(place({manifests(basket), manifests(definition)}, application(), ScopeTable::builtin()))
          .back() == "x.example.com/Basket b");
  ScopeTable cell;
  cell.set({"x.example.com", "Basket"}, Scope::namespaced);
  cell.set({"apiextensions.k8s.io", "CustomResourceDefinition"}, Scope::cluster);
  CHECK(keys(place({manifests(basket + "---\n" + definition)}, application(), cell)).back() ==
        "x.example.com/Basket web/b");
}

TEST_CASE("of objects that appear twice the last one counts, with a warning") {
  const Desired desired = place({manifests(manifest("a") + "data: {v: one}\n"),
                                 manifests(manifest("a") + "  namespace: web\ndata: {v: two}\n")},
                                application(),
                                ScopeTable::builtin());
  REQUIRE(desired.objects.size() == 1);
  CHECK(desired.objects[0].second.string_at({"data", "v"}) == "two");
  REQUIRE(desired.warnings.size() == 1);
  CHECK(contains(desired.warnings[0].message, "appeared 2 times"));
  CHECK(desired.warnings[0].application == "cell-a-web");
  CHECK(desired.warnings[0].unknown == LeavesUnknown::no);
}

TEST_CASE("two versions of a kind are the same object") {
  const std::string hpa = "kind: HorizontalPodAutoscaler\nmetadata: {name: h}\n";
  const Desired desired = place(
      {manifests("apiVersion: autoscaling/v1\n" + hpa + "---\napiVersion: autoscaling/v2\n" + hpa)},
      application(),
      ScopeTable::builtin());
  CHECK(desired.objects.size() == 1);
}

TEST_CASE("without any namespace it is an error, as in Argo CD") {
  CHECK(contains(
      error_of([] { place({manifests(manifest("a"))}, application(""), ScopeTable::builtin()); }),
      "Namespace for a /ConfigMap is missing"));
}

TEST_CASE("an object that the server names cannot be found again") {
  const std::string job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: j-\n";
  const Desired plain = place({manifests(job)}, application(), ScopeTable::builtin());
  CHECK(plain.objects.empty());
  REQUIRE(plain.warnings.size() == 1);
  CHECK(plain.warnings[0].unknown == LeavesUnknown::yes);
  const std::string hook = job + "  annotations: {argocd.argoproj.io/hook: PreSync}\n";
  const Desired hooks =
      place({manifests(hook + "---\n" + hook)}, application(), ScopeTable::builtin());
  CHECK(hooks.objects.size() == 2);
  CHECK(hooks.warnings.empty());
}

TEST_CASE("an object without any name is an error") {
  CHECK(contains(error_of([] {
                   place({manifests("apiVersion: v1\nkind: ConfigMap\n")},
                         application(),
                         ScopeTable::builtin());
                 }),
                 "has no name"));
}

}  // namespace
}  // namespace celldrift::render::test
