// Fields that nobody can change. That the table is right is tested against a real API server, in
// tests/e2e/areas/immutable.py.
#include "audit/gate/immutable.hpp"
#include "audit/gate/pod_update.hpp"
#include "audit/gate/quantity_order.hpp"
#include "unit/audit/gate_inputs.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

const char* const stateful_set =
    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\n";
const char* const claim =
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\n";

std::string why(const std::string& text, const Path& path, const char* want, const char* have) {
  const auto result = differing(equal(text), {difference(path, want, have)});
  return why_immutable({.object = result, .difference = result.differences.front()});
}

TEST_CASE("of a StatefulSet only some fields can change") {
  CHECK_FALSE(why(stateful_set, Path() / "spec" / "serviceName", "a", "b").empty());
  CHECK_FALSE(why(stateful_set, Path() / "spec" / "volumeClaimTemplates", "[1]", "[2]").empty());
  CHECK(why(stateful_set, Path() / "spec" / "replicas", "1", "2").empty());
  CHECK(why(stateful_set, Path() / "spec" / "template" / "spec", "{a: 1}", "{a: 2}").empty());
  CHECK(why(stateful_set, Path() / "metadata" / "labels" / "a", "1", "2").empty());
}

TEST_CASE("selectors are fixed, and what only looks like one is not") {
  const std::string text = deployment("web", "app:1");
  CHECK_FALSE(why(text, Path() / "spec" / "selector" / "matchLabels" / "app", "a", "b").empty());
  CHECK(why("apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
            Path() / "spec" / "selector" / "app",
            "a",
            "b")
            .empty());
}

TEST_CASE("what is said to be immutable is") {
  const std::string config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
  CHECK(why(config, Path() / "data" / "a", "1", "2").empty());
  CHECK_FALSE(why(config + "immutable: true\n", Path() / "data" / "a", "1", "2").empty());
  CHECK(why(config + "immutable: false\n", Path() / "data" / "a", "1", "2").empty());
}

TEST_CASE("a claim can grow") {
  const Path size = Path() / "spec" / "resources" / "requests" / "storage";
  const std::string bound = std::string(claim) + "status: {phase: Bound}\n";
  CHECK(why(bound, size, "2Gi", "1Gi").empty());
  CHECK_FALSE(why(bound, size, "1Gi", "2Gi").empty());
  CHECK_FALSE(why(claim, size, "2Gi", "1Gi").empty());
  CHECK_FALSE(why(bound, Path() / "spec" / "storageClassName", "a", "b").empty());
}

TEST_CASE("some fields of a Pod can change in one direction only, some only while it has gates") {
  struct Case {
    const char* what;
    const char* live;  // its spec
    const char* next;
    const char* field;
    const char* want;
    const char* have;
    bool is_refused;
  };
  const char* const a = "{tolerations: [{key: a, operator: Exists}]}";
  const char* const given =
      "{tolerations: [{key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, "
      "tolerationSeconds: 300}]}";
  const char* const gated = "{schedulingGates: [{name: g}]}";
  const Case cases[] = {
      {"more is tolerated",
       a,
       "{tolerations: [{key: b}, {key: a, operator: Exists, tolerationSeconds: 5}]}",
       "tolerations",
       "[1]",
       "[2]",
       false},
      {"less is", a, "{tolerations: [{key: b}]}", "tolerations", "[1]", "[2]", true},
      {"nothing is", a, "{}", "tolerations", "", "[2]", true},
      {"what the server adds comes again", given, a, "tolerations", "[1]", "[2]", false},
      {"it is not added where all is tolerated",
       given,
       "{tolerations: [{operator: Exists}]}",
       "tolerations",
       "[1]",
       "[2]",
       true},
      {"a gate more", gated, "{}", "schedulingGates", "[1]", "", true},
      {"a gate less", gated, "{}", "schedulingGates", "", "[1]", false},
      {"a deadline", "{}", "{}", "activeDeadlineSeconds", "5", "", false},
      {"a sooner one", "{}", "{}", "activeDeadlineSeconds", "5", "9", false},
      {"a later one", "{}", "{}", "activeDeadlineSeconds", "9", "5", true},
      {"none any more", "{}", "{}", "activeDeadlineSeconds", "", "5", true},
      {"less patience", "{}", "{}", "terminationGracePeriodSeconds", "5", "30", true},
      {"what is negative is 1", "{}", "{}", "terminationGracePeriodSeconds", "-1", "1", false},
      {"what is not stated is 30", "{}", "{}", "terminationGracePeriodSeconds", "", "30", false},
      {"nodes", "{}", "{}", "nodeSelector", "{zone: a}", "", true},
      {"nodes of a gated one", gated, gated, "nodeSelector", "{zone: a}", "", false},
      {"other nodes of it", gated, gated, "nodeSelector", "{zone: a}", "{zone: b}", true},
      {"affinity", "{}", "{}", "affinity", "{nodeAffinity: {}}", "", true},
      {"affinity of a gated one", gated, gated, "affinity", "{nodeAffinity: {}}", "", false},
      {"to Pods", gated, gated, "affinity", "{podAffinity: {}}", "", true},
  };
  const std::string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ";
  for (const Case& each : cases) {
    CAPTURE(each.what);
    const auto result = differing(object(compare::Status::equal, pod + each.next, pod + each.live),
                                  {difference(Path() / "spec" / each.field, each.want, each.have)});
    const FieldChange change{.object = result, .difference = result.differences.front()};
    CHECK(why_immutable(change).empty());
    CHECK(why_pod_keeps(change).empty() != each.is_refused);
  }
}

TEST_CASE("quantities have an order") {
  const std::pair<const char*, const char*> less[] = {
      {"1", "2"}, {"900m", "1"}, {"1Gi", "2Gi"}, {"1G", "1Gi"}, {"1023Mi", "1Gi"}, {"1e3", "2k"}};
  for (const auto& [a, b] : less) {
    CAPTURE(a);
    CHECK(is_less_quantity(Value::string(std::string(a)), Value::string(std::string(b))));
    CHECK_FALSE(is_less_quantity(Value::string(std::string(b)), Value::string(std::string(a))));
  }
  for (const char* none : {"", "Gi", "1Zi", "inf", "nan", "0x10", "1 Gi"}) {
    CHECK_FALSE(is_less_quantity(Value::string(std::string(none)), Value::string("9Ei")));
  }
  CHECK(is_less_quantity(Value::integer(1), Value::string("2")));
}

// A definition whose spec, and whose field spec.size, have a rule each.
Value definition(const std::string& of_spec, const std::string& of_size) {
  return parsed(
      "spec:\n  group: example.com\n  names: {kind: Disk}\n  versions:\n  - name: v1\n"
      "    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object,\n"
      "      x-kubernetes-validations: [{rule: \"" +
      of_spec +
      "\", message: is what it was}],\n"
      "      properties: {size: {type: string, x-kubernetes-validations: [{rule: \"" +
      of_size + "\"}]}, name: {type: string}}}}}}\n");
}

TEST_CASE("definitions say what of their objects is fixed") {
  struct Case {
    const char* of_spec;
    const char* of_size;
    const char* field;
    const char* want;
    const char* have;
    const char* why;
  };
  const char* const none = "self.size != ''";
  const Case cases[] = {
      {none, "self == oldSelf", "size", "b", "a", "is fixed by its definition"},
      {none, "oldSelf == self", "size", "b", "a", "is fixed by its definition"},
      {none, "self == oldSelf", "name", "b", "a", ""},
      {none, "self == oldSelf", "size", "b", "", ""},  // it was not there: the rule is not asked
      {none, "self >= oldSelf", "size", "b", "a", ""},
      {none, "self == oldSelf || self == ''", "size", "b", "a", ""},
      {"self.size == oldSelf.size",
       none,
       "size",
       "b",
       "a",
       "is fixed by its definition (is what it was)"},
      {"self.size == oldSelf.size", none, "name", "b", "a", ""},
      {"self.size == oldSelf.name", none, "size", "b", "a", ""},
      {"self == oldSelf", none, "name", "b", "a", "is fixed by its definition (is what it was)"},
      {"self.name.startsWith('a') == oldSelf", none, "name", "b", "a", ""},
  };
  const std::string disk = "apiVersion: example.com/v1\nkind: Disk\nmetadata: {name: d}\n";
  for (const Case& each : cases) {
    CAPTURE(each.of_spec);
    CAPTURE(each.of_size);
    CAPTURE(each.field);
    const auto result =
        differing(equal(disk), {difference(Path() / "spec" / each.field, each.want, each.have)});
    CHECK(why_fixed_by(definition(each.of_spec, each.of_size),
                       {.object = result, .difference = result.differences.front()}) == each.why);
  }
}

TEST_CASE("a deploy that would change what is fixed is blocked, or makes the object again") {
  const auto changed = [](const std::string& annotations) {
    auto result =
        equal("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop" +
              annotations + "}\n");
    return differing(result,
                     {difference(Path() / "spec" / "selector" / "matchLabels" / "app", "b", "a")});
  };
  const auto report = [](compare::ObjectResult next) {
    return gate(gate_input({gated("cell-a", {equal(deployment("web", "a"))}, {next})}));
  };
  const GateReport blocked = report(changed(""));
  CHECK(reasons(blocked) == "block immutable cell-a");
  CHECK(blocked.objections.front().message ==
        "spec.selector.matchLabels.app of Deployment shop/web is fixed when the object is made: it "
        "is a, the deploy wants b");
  const GateReport again = report(
      changed(", annotations: {argocd.argoproj.io/sync-options: 'Force=true,Replace=true'}"));
  CHECK(reasons(again) == "warn recreates cell-a");
  CHECK(effects(again) == "recreated Deployment web changes spec.selector.matchLabels.app");
}

}  // namespace
}  // namespace celldrift::audit
