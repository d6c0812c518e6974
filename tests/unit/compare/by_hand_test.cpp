// Fields that the server or a controller may fill in with what cannot be foretold are drift all the
// same when a hand wrote them.
#include "celldrift/compare/compare.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

struct Case {
  const char* name;
  const char* type;      // apiVersion and kind
  const char* stated;    // spec
  const char* live;      // spec
  const char* owned;     // what the later writer owns, as fieldsV1
  const char* expected;  // the path that is found when it is a hand
};

// Argo CD applied it; afterwards `manager` wrote what it owns.
std::string found(const Case& each, const std::string& manager) {
  const std::string head = std::string(each.type) + "\nmetadata:\n  name: x\n";
  const std::string managed =
      "  managedFields:\n"
      "  - {manager: argocd-controller, operation: Apply, time: '2026-01-01T00:00:00Z', "
      "fieldsType: FieldsV1, fieldsV1: {}}\n"
      "  - {manager: " +
      manager +
      ", operation: Update, time: '2026-01-02T00:00:00Z', fieldsType: FieldsV1, fieldsV1: " +
      each.owned + "}\n";
  const Value desired = yaml::parse(head + each.stated).value;
  const Value live = yaml::parse(head + managed + each.live).value;
  std::string paths;
  for (const compare::Difference& difference : compare::diff(desired, live)) {
    paths += difference.path.text();
  }
  return paths;
}

constexpr const char* service = "apiVersion: v1\nkind: Service";
constexpr const char* claim = "apiVersion: v1\nkind: PersistentVolumeClaim";

const Case cases[] = {
    {"an address of a Service",
     service,
     "spec: {ports: []}",
     "spec: {ports: [], type: ClusterIP, sessionAffinity: None, clusterIP: 10.0.0.9}",
     "{'f:spec': {'f:clusterIP': {}}}",
     "spec.clusterIP"},
    {"families of addresses",
     service,
     "spec: {ports: []}",
     "spec: {ports: [], type: ClusterIP, sessionAffinity: None, ipFamilies: [IPv6]}",
     "{'f:spec': {'f:ipFamilies': {}}}",
     "spec.ipFamilies"},
    {"a class of storage",
     claim,
     "spec: {accessModes: [ReadWriteOnce]}",
     "spec: {accessModes: [ReadWriteOnce], storageClassName: slow}",
     "{'f:spec': {'f:storageClassName': {}}}",
     "spec.storageClassName"},
    {"a class of ingresses",
     "apiVersion: networking.k8s.io/v1\nkind: Ingress",
     "spec: {}",
     "spec: {ingressClassName: internal}",
     "{'f:spec': {'f:ingressClassName': {}}}",
     "spec.ingressClassName"},
};

}  // namespace

TEST_CASE("what a hand wrote is found although the server might have") {
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(found(each, "kubectl-patch") == each.expected);
  }
}

TEST_CASE("what a controller wrote there is not") {
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(found(each, "kube-controller-manager") == "");
  }
}
