#include "celldrift/core/scope.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

Value definition(const char* group, const char* kind, const char* scope) {
  return Value::map({{"kind", Value::string("CustomResourceDefinition")},
                     {"spec",
                      Value::map({{"group", Value::string(group)},
                                  {"scope", Value::string(scope)},
                                  {"names", Value::map({{"kind", Value::string(kind)}})}})}});
}

}  // namespace

TEST_CASE("built-in kinds are known without a cell") {
  const ScopeTable& table = ScopeTable::builtin();
  CHECK(table.find({"apps", "Deployment"}) == Scope::namespaced);
  CHECK(table.find({"", "Namespace"}) == Scope::cluster);
  CHECK(table.find({"rbac.authorization.k8s.io", "ClusterRole"}) == Scope::cluster);
  CHECK_FALSE(table.find({"example.com", "Widget"}));
  CHECK_FALSE(table.find({"example.com", "Deployment"}));
}

TEST_CASE("unknown kinds count as namespaced, as in Argo CD") {
  CHECK(ScopeTable::builtin().scope_of({"example.com", "Widget"}) == Scope::namespaced);
}

TEST_CASE("definitions say the scope of their kinds") {
  ScopeTable table;
  const Value definitions[] = {definition("example.com", "Widget", "Cluster"),
                               definition("example.com", "Gadget", "Namespaced"),
                               Value::map({{"kind", Value::string("ConfigMap")}})};
  table.add_definitions(definitions);
  CHECK(table.find({"example.com", "Widget"}) == Scope::cluster);
  CHECK(table.find({"example.com", "Gadget"}) == Scope::namespaced);
  CHECK(table.kinds().size() == 2);
}

TEST_CASE("what is added later wins") {
  ScopeTable table;
  table.set({"example.com", "Widget"}, Scope::cluster);
  ScopeTable served;
  served.set({"example.com", "Widget"}, Scope::namespaced);
  table.add(served);
  CHECK(table.find({"example.com", "Widget"}) == Scope::namespaced);
}
