#include "celldrift/compare/match.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

namespace {

Value object(std::string_view yaml) {
  return yaml::parse(yaml).value;
}

std::pair<ObjectKey, Value> keyed(const Value& value) {
  return {key_of(value), value};
}

compare::LiveView view_of(const std::map<ObjectKey, Value>& live,
                          std::optional<std::string> unknown = {}) {
  return {.find =
              [&live](const ObjectKey& key, std::string_view) {
                const auto found = live.find(key);
                return found == live.end() ? nullptr : &found->second;
              },
          .unknown = [unknown](const ObjectKey&) { return unknown; }};
}

}  // namespace

TEST_CASE("tracking ids name their Application, and copies of them nobody's") {
  struct Case {
    const char* name;
    const char* metadata;
    const char* owner;
  };
  const Case cases[] = {
      {"by annotation",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: 'app:/Service:n/a'}}",
       "app"},
      {"a copied annotation",
       "{name: b, namespace: n, annotations: {argocd.argoproj.io/tracking-id: 'app:/Service:n/a'}}",
       ""},
      {"of another namespace",
       "{name: a, namespace: m, annotations: {argocd.argoproj.io/tracking-id: 'app:/Service:n/a'}}",
       ""},
      {"of another kind",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: "
       "'app:apps/Deployment:n/a'}}",
       ""},
      {"malformed",
       "{name: a, namespace: n, annotations: {argocd.argoproj.io/tracking-id: 'app'}}",
       ""},
      {"by label", "{name: a, namespace: n, labels: {app.kubernetes.io/instance: app}}", "app"},
      {"the annotation wins over the label",
       "{name: a, namespace: n, labels: {app.kubernetes.io/instance: other}, annotations: "
       "{argocd.argoproj.io/tracking-id: 'app:/Service:n/a'}}",
       "app"},
      {"not tracked", "{name: a, namespace: n}", ""},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      const std::string text =
          std::string("{apiVersion: v1, kind: Service, metadata: ") + c.metadata + "}";
      CHECK(compare::tracked_by(object(text)) == c.owner);
    }
  }
}

TEST_CASE("a cluster-scoped object carries its destination's namespace in its tracking id") {
  CHECK(compare::tracked_by(
            object("{apiVersion: v1, kind: Namespace, metadata: {name: a, annotations: "
                   "{argocd.argoproj.io/tracking-id: 'app:/Namespace:dest/a'}}}")) == "app");
}

TEST_CASE("hooks are not desired state") {
  struct Case {
    const char* annotation;
    bool hook;
  };
  const Case cases[] = {
      {"argocd.argoproj.io/hook: PreSync", true},
      {"argocd.argoproj.io/hook: 'Sync, Skip'", true},
      {"argocd.argoproj.io/hook: Skip", true},
      {"argocd.argoproj.io/hook: nonsense", true},  // ignored by Argo CD wholly
      {"helm.sh/hook: pre-install", true},
      {"helm.sh/hook: test", true},
      {"helm.sh/hook: crd-install", false},
      {"example.com/hook: PreSync", false},
  };
  for (const Case& c : cases) {
    SUBCASE(c.annotation) {
      CHECK(compare::is_hook(object(std::string("{metadata: {annotations: {") + c.annotation +
                                    "}}}")) == c.hook);
    }
  }
}

TEST_CASE("each object ends in exactly one status") {
  const Value want =
      object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}, data: {k: v}}");
  const Value other =
      object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}, data: {k: w}}");
  const auto status = [&](const std::map<ObjectKey, Value>& live,
                          std::optional<std::string> unknown) {
    return compare::compare_desired(
               "app", Value(), {keyed(want)}, view_of(live, std::move(unknown)))
        .at(0)
        .status;
  };
  CHECK(status({keyed(want)}, {}) == compare::Status::equal);
  CHECK(status({keyed(other)}, {}) == compare::Status::drifted);
  CHECK(status({}, {}) == compare::Status::missing);
  CHECK(status({}, "forbidden") == compare::Status::unknown);
}

TEST_CASE("an object that was read at another version than Git states is unknown") {
  const Value want = object(
      "{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: a, namespace: "
      "n}}");
  const Value have = object(
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a, namespace: "
      "n}}");
  const std::map<ObjectKey, Value> cell = {keyed(have)};
  const auto result = compare::compare_desired("app", Value(), {keyed(want)}, view_of(cell)).at(0);
  CHECK(result.status == compare::Status::unknown);
  CHECK(result.reason == "it was read as autoscaling/v2, and Git states autoscaling/v1");
}

TEST_CASE("ignoreDifferences hides by pointer and by manager, and counts what it hid") {
  const Value want = object(
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n}, data: {k: v, l: v}}");
  const Value live = object(
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n, managedFields: "
      "[{manager: m, operation: "
      "Update, fieldsV1: {'f:data': {'f:l': {}}}}]}, data: {k: w, l: w}}");
  struct Case {
    const char* rule;
    std::size_t left;
  };
  const Case cases[] = {
      {"{kind: ConfigMap, jsonPointers: [/data/k]}", 1},
      {"{kind: ConfigMap, jsonPointers: [/data]}", 0},
      {"{kind: ConfigMap, jsonPointers: [/dat]}", 2},
      {"{kind: '*', managedFieldsManagers: [m]}", 1},
      {"{kind: ConfigMap, name: b, jsonPointers: [/data]}", 2},
      {"{group: apps, kind: ConfigMap, jsonPointers: [/data]}", 2},
      {"{group: '*', kind: Config*, jsonPointers: [/data]}", 0},
  };
  for (const Case& c : cases) {
    SUBCASE(c.rule) {
      const Value spec = object(std::string("{ignoreDifferences: [") + c.rule + "]}");
      const std::map<ObjectKey, Value> cell = {keyed(live)};
      const auto result = compare::compare_desired("app", spec, {keyed(want)}, view_of(cell)).at(0);
      CHECK(result.differences.size() == c.left);
      CHECK(result.accepted.size() == 2 - c.left);
    }
  }
}

TEST_CASE("extra objects are tracked ones that nobody wants and nobody owns") {
  const auto tracked = [](const char* more) {
    return keyed(
        object(std::string(
                   "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: n, annotations: "
                   "{argocd.argoproj.io/tracking-id: 'app:/Service:n/a'}") +
               more + "}}"));
  };
  const compare::ApplicationNames apps = {"app"};
  CHECK(compare::find_extra({tracked("")}, {.applications = apps}).at("app").size() == 1);
  CHECK(compare::find_extra({tracked("")}, {.applications = apps, .desired = {tracked("").first}})
            .empty());
  CHECK(compare::find_extra({tracked(", ownerReferences: [{uid: u}]")}, {.applications = apps})
            .empty());
  CHECK(compare::find_extra({tracked("")}, {.applications = {"other"}}).empty());
  const auto endpoints =
      keyed(object("{apiVersion: v1, kind: Endpoints, metadata: {name: a, namespace: n, labels: "
                   "{app.kubernetes.io/instance: app}}}"));
  CHECK(compare::find_extra({endpoints}, {.applications = apps}).empty());
}

TEST_CASE("an orphan is what nobody owns, wants or tracks, and that is asked for") {
  const auto live = [](const char* kind, const char* name, const char* more = "") {
    return keyed(object("{apiVersion: v1, kind: " + std::string(kind) +
                        ", metadata: {name: " + name + ", namespace: n" + more + "}}"));
  };
  const auto of_set = [](const char* name) {
    return keyed(
        object("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: " + std::string(name) +
               ", namespace: n}, spec: {volumeClaimTemplates: [{metadata: {name: data}}]}}"));
  };
  struct Case {
    const char* name;
    std::pair<ObjectKey, Value> object;
    bool is_orphan;
  };
  const Case cases[] = {
      {"nobody's", live("ConfigMap", "a"), true},
      {"wanted", live("ConfigMap", "wanted"), false},
      {"not asked for", live("ConfigMap", "b"), false},
      {"owned", live("ConfigMap", "a", ", ownerReferences: [{uid: u}]"), false},
      {"tracked by its label",
       live("ConfigMap", "a", ", labels: {app.kubernetes.io/instance: app}"),
       false},
      {"of a chart", live("ConfigMap", "a", ", labels: {app.kubernetes.io/instance: c}"), true},
      {"endpoints", live("Endpoints", "a"), false},
      {"a StatefulSet's claim", live("PersistentVolumeClaim", "data-db-12"), false},
      {"a claim without a number", live("PersistentVolumeClaim", "data-db-"), true},
      {"a claim of no StatefulSet", live("PersistentVolumeClaim", "data-dbx-0"), true},
      {"an operator's version",
       keyed(object("{apiVersion: operators.coreos.com/v1alpha1, kind: ClusterServiceVersion, "
                    "metadata: {name: a, namespace: n, annotations: {olm.operatorGroup: g}}}")),
       false},
  };
  const auto asked = [](const ObjectKey& key) { return key.name != "b" && key.name != "db"; };
  const compare::ExtraQuestion question{
      .applications = {"app"}, .desired = {live("ConfigMap", "wanted").first}, .server = ""};
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const auto found = compare::find_orphans({each.object, of_set("db")}, asked, question);
    CHECK(found.size() == std::size_t(each.is_orphan));
  }
}

TEST_CASE("an orphan says whom it claims to be part of, where that is certain") {
  const auto tracked = keyed(
      object("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: n, annotations: "
             "{argocd.argoproj.io/tracking-id: 'b:/ConfigMap:n/a'}, labels: "
             "{app.kubernetes.io/instance: c}}}"));
  const auto all = [](const ObjectKey&) { return true; };
  CHECK(compare::find_orphans({tracked}, all, {}).at(0).orphan->tracked_as == "b");
  compare::ArgoSettings by_label;
  by_label.tracking = compare::TrackingMethod::label;
  CHECK(
      compare::find_orphans({tracked}, all, {}, {.settings = by_label}).at(0).orphan->tracked_as ==
      "c");
}

TEST_CASE("an object whose API the cell does not serve is missing, and never extra on top") {
  const Value want = yaml::parse(
                         "{apiVersion: extensions/v1beta1, kind: Ingress, metadata: {name: a, "
                         "namespace: n}}")
                         .value;
  const Value live = yaml::parse(
                         "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, "
                         "namespace: n}}")
                         .value;
  struct Case {
    const char* name;
    std::map<GroupKind, std::vector<std::string>> served;
    bool is_live;
    const char* reason;
  };
  const GroupKind moved{"networking.k8s.io", "Ingress"};
  const GroupKind own{"extensions", "Ingress"};
  const Case cases[] = {
      {"nowhere", {}, false, "the cell does not serve extensions/v1beta1 Ingress"},
      {"another version",
       {{own, {"v2"}}},
       false,
       "the cell does not serve extensions/v1beta1 Ingress (it serves extensions/v2)"},
      {"another group",
       {{moved, {"v1"}}},
       false,
       "the cell does not serve extensions/v1beta1 Ingress (it serves networking.k8s.io/v1)"},
      {"live in another group",
       {{moved, {"v1"}}},
       true,
       "the cell does not serve extensions/v1beta1 Ingress (it serves networking.k8s.io/v1, and "
       "the object is live there)"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const std::map<ObjectKey, Value> objects =
        c.is_live ? std::map<ObjectKey, Value>{keyed(live)} : std::map<ObjectKey, Value>{};
    compare::LiveView view = view_of(objects);
    const kube::ServedVersions served{.known = true, .kinds = c.served};
    view.served = [&](std::string_view version, std::string_view kind) {
      return served.find(version, kind);
    };
    const auto results = compare::compare_desired("app", Value(), {keyed(want)}, view);
    REQUIRE(results.size() == 1);
    CHECK(results[0].status == compare::Status::missing);
    CHECK(results[0].api_not_served);
    CHECK(results[0].reason == c.reason);
  }
  CHECK(compare::identities(key_of(want)).contains(key_of(live)));
}
