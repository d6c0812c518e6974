#include "celldrift/compare/rights.hpp"

#include "celldrift/compare/match.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace celldrift;

namespace {

// What a cell has, one object after the other, and which kinds of it could not be read.
struct Cell {
  std::vector<Value> objects;
  std::set<GroupKind> unread;

  static Cell of(std::string_view yaml, std::set<GroupKind> unread = {}) {
    Cell cell{.unread = std::move(unread)};
    for (const Value& document : yaml::parse_stream(yaml).documents) {
      cell.objects.push_back(document);
    }
    return cell;
  }

  compare::CellView view() const {
    return {
        .all =
            [this](const GroupKind& kind) {
              std::vector<const Value*> found;
              for (const Value& object : objects) {
                if (key_of(object).group_kind() == kind) {
                  found.push_back(&object);
                }
              }
              return found;
            },
        .unknown = [this](const GroupKind& kind, std::string_view) -> std::optional<std::string> {
          return unread.contains(kind) ? std::optional("403 forbidden") : std::nullopt;
        }};
  }
};

Value parsed(std::string_view yaml) {
  return yaml::parse(yaml).value;
}

std::string say(const compare::Ruling& ruling) {
  switch (ruling.kind) {
    case compare::Ruling::Kind::by_right:
      return "by right: " + ruling.by;
    case compare::Ruling::Kind::undecided:
      return "undecided: " + ruling.reason;
    case compare::Ruling::Kind::drift:
      break;
  }
  return ruling.reason.empty() ? "drift" : "drift: " + ruling.reason;
}

compare::Owner owner(std::string_view name,
                     std::string_view operation = "Update",
                     std::string_view subresource = "") {
  return {.manager = std::string(name),
          .operation = std::string(operation),
          .subresource = std::string(subresource),
          .kind = compare::Managers::builtin().classify(name, operation, subresource)};
}

Path path(std::initializer_list<Path::Step> steps) {
  return Path(std::vector<Path::Step>(steps));
}

Path::Step field(const char* name) {
  return Path::Field{name};
}

Path::Step named(const char* name) {
  return Path::Item{.keys = {{"name", Value::string(name)}}, .index = 0};
}

const Path replicas = path({field("spec"), field("replicas")});

compare::Difference scaled(std::int64_t want, std::int64_t have, compare::Owner by) {
  return {.path = replicas,
          .change = compare::Change::modified,
          .want = Value::integer(want),
          .have = Value::integer(have),
          .owner = std::move(by)};
}

const ObjectKey web{"apps", "Deployment", "backend", "web"};
const Value deployment =
    parsed("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: backend}}");

constexpr std::string_view autoscaler = R"(
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler, namespace: backend}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
)";

std::string ruling_on(const Cell& cell,
                      const compare::Difference& difference,
                      const Value& live = deployment,
                      const ObjectKey& key = web,
                      const Value& desired = deployment) {
  return say(compare::Rights(cell.view()).rule_on(key, desired, live, difference));
}

}  // namespace

TEST_CASE("an HPA's replicas are its right, in its bounds and where it is") {
  const auto controller = owner("kube-controller-manager", "Update", "scale");
  const auto hand = owner("kubectl", "Update", "scale");
  const std::string by_hpa = "by right: HorizontalPodAutoscaler backend/scaler";
  const std::string outside =
      "drift: HorizontalPodAutoscaler backend/scaler keeps it between 2 and 10, and it is not";
  const std::string broken = std::string(autoscaler) +
                             "status: {conditions: [{type: ScalingActive, status: \"False\"}]}\n";
  const struct {
    const char* name;
    Cell cell;
    compare::Difference difference;
    std::string ruling;
  } cases[] = {
      {"what it set", Cell::of(autoscaler), scaled(3, 7, controller), by_hpa},
      {"at its upper bound", Cell::of(autoscaler), scaled(3, 10, controller), by_hpa},
      {"a hand's number in its bounds, which it lets be or corrects",
       Cell::of(autoscaler),
       scaled(3, 7, hand),
       by_hpa},
      {"above its bounds", Cell::of(autoscaler), scaled(3, 50, hand), outside},
      {"below them: at zero it stands still", Cell::of(autoscaler), scaled(3, 0, hand), outside},
      {"a hand's number, where it cannot scale",
       Cell::of(broken),
       scaled(3, 7, hand),
       "drift: HorizontalPodAutoscaler backend/scaler sets the number of replicas, but it says "
       "that it does not work"},
      {"its own number, where it cannot scale now",
       Cell::of(broken),
       scaled(3, 7, controller),
       by_hpa},
      {"no HPA in this cell", Cell::of("{}"), scaled(3, 7, controller), "drift"},
      {"of another kind of workload",
       Cell::of(R"({apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler,
                    metadata: {name: s, namespace: backend},
                    spec: {scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}, maxReplicas: 9}})"),
       scaled(3, 7, controller),
       "drift"},
      {"in another namespace",
       Cell::of(R"({apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler,
                    metadata: {name: s, namespace: edge},
                    spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 9}})"),
       scaled(3, 7, controller),
       "drift"},
      {"at a version of long ago it scales nothing",
       Cell::of(R"({apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler,
                    metadata: {name: s, namespace: backend},
                    spec: {scaleTargetRef: {apiVersion: extensions/v1beta1, kind: Deployment, name: web}, maxReplicas: 9}})"),
       scaled(3, 7, controller),
       "drift"},
      {"HPAs that could not be read",
       Cell::of("{}", {{"autoscaling", "HorizontalPodAutoscaler"}}),
       scaled(3, 7, controller),
       "undecided: spec.replicas may be set by a HorizontalPodAutoscaler, which could not be "
       "looked at: 403 forbidden"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.name);
    CHECK(ruling_on(each.cell, each.difference) == each.ruling);
  }
}

TEST_CASE("KEDA scales to zero, and pauses where it is told to") {
  const auto keda = owner("keda-operator", "Update", "scale");
  constexpr std::string_view scaled_object = R"(
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: backend}
spec: {scaleTargetRef: {name: web}, minReplicaCount: 1, maxReplicaCount: 5, idleReplicaCount: 0}
)";
  constexpr std::string_view paused = R"(
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web, namespace: backend, annotations: {autoscaling.keda.sh/paused-replicas: "2"}}
spec: {scaleTargetRef: {name: web}}
)";
  const std::string by_keda = "by right: ScaledObject backend/web";
  CHECK(ruling_on(Cell::of(scaled_object), scaled(3, 0, keda)) == by_keda);
  CHECK(ruling_on(Cell::of(scaled_object), scaled(3, 5, keda)) == by_keda);
  CHECK(ruling_on(Cell::of(scaled_object), scaled(3, 6, keda)).starts_with("drift"));
  CHECK(ruling_on(Cell::of(paused), scaled(3, 2, keda)) == by_keda);
  CHECK(ruling_on(Cell::of(paused), scaled(3, 4, keda)).starts_with("drift"));
}

TEST_CASE("certificate authorities are their programs' right, and no person's") {
  const ObjectKey key{
      "admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "", "check"};
  const Value plain = parsed(R"({apiVersion: admissionregistration.k8s.io/v1,
    kind: ValidatingWebhookConfiguration, metadata: {name: check}})");
  const Value annotated = parsed(R"({apiVersion: admissionregistration.k8s.io/v1,
    kind: ValidatingWebhookConfiguration,
    metadata: {name: check, annotations: {cert-manager.io/inject-ca-from: a/b}}})");
  const auto bundle = [](std::optional<compare::Owner> by, compare::Change change) {
    return compare::Difference{
        .path = path({field("webhooks"), named("a"), field("clientConfig"), field("caBundle")}),
        .change = change,
        .want = Value::string("Cg=="),
        .have = Value::string("LS0t"),
        .owner = std::move(by)};
  };
  using compare::Change;
  const Cell cell;
  CHECK(ruling_on(cell, bundle(owner("cainjector"), Change::modified), annotated, key) ==
        "by right: cainjector");
  CHECK(ruling_on(cell, bundle(owner("kube-webhook-certgen"), Change::modified), plain, key) ==
        "by right: kube-webhook-certgen");
  CHECK(ruling_on(cell, bundle(owner("kubectl-patch"), Change::modified), annotated, key) ==
        "drift");
  CHECK(ruling_on(cell, bundle(std::nullopt, Change::removed), annotated, key) == "drift");
  CHECK(ruling_on(cell, bundle(std::nullopt, Change::modified), plain, key) == "drift");
}

TEST_CASE("rollouts set weights, and nothing else of a virtual service") {
  const Cell cell = Cell::of(R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, namespace: backend}
spec:
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  strategy:
    canary:
      canaryService: web-canary
      trafficRouting: {istio: {virtualService: {name: web}}}
)");
  const ObjectKey key{"networking.istio.io", "VirtualService", "backend", "web"};
  const auto routes = [](const char* have) {
    return compare::Difference{.path = path({field("spec"), field("http")}),
                               .change = compare::Change::modified,
                               .want = parsed("[{route: [{destination: {host: a}, weight: 100}, "
                                              "{destination: {host: b}, weight: 0}]}]"),
                               .have = parsed(have),
                               .owner = owner("rollouts-controller")};
  };
  CHECK(ruling_on(cell,
                  routes("[{route: [{destination: {host: a}, weight: 80}, {destination: {host: b}, "
                         "weight: 20}]}]"),
                  deployment,
                  key) == "by right: Rollout backend/web");
  CHECK(ruling_on(cell,
                  routes("[{route: [{destination: {host: x}, weight: 80}, {destination: {host: b}, "
                         "weight: 20}]}]"),
                  deployment,
                  key) == "drift");
  CHECK(ruling_on(cell, scaled(3, 0, owner("rollouts-controller"))) ==
        "by right: Rollout backend/web");
  CHECK(ruling_on(cell, scaled(3, 0, owner("kubectl-edit"))) == "drift");
}

namespace {

// A cell with one webhook that is called for Deployments made or updated.
std::string webhook(std::string_view more = "") {
  return R"(
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: injector}
webhooks:
  - name: inject.example.com
    rules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE, UPDATE]}]
)" + std::string(more);
}

compare::Difference injected(compare::Evidence evidence = compare::Evidence::no_record) {
  return {
      .path = path(
          {field("spec"), field("template"), field("spec"), field("containers"), named("proxy")}),
      .change = compare::Change::added,
      .have = parsed("{name: proxy}"),
      .evidence = evidence};
}

const Path image = path({field("spec"),
                         field("template"),
                         field("spec"),
                         field("containers"),
                         named("app"),
                         field("image")});

compare::Difference rewritten(std::optional<compare::Owner> by) {
  return {.path = image,
          .change = compare::Change::modified,
          .want = Value::string("app:1"),
          .have = Value::string("mirror/app:1"),
          .owner = std::move(by)};
}

Value applied(std::string_view stated_image) {
  return deployment.with(
      "metadata",
      parsed(R"({name: web, namespace: backend, annotations: {
        kubectl.kubernetes.io/last-applied-configuration: ')" +
             std::string(R"({"spec":{"template":{"spec":{"containers":[{"name":"app","image":")") +
             std::string(stated_image) + "\"}]}}}}'}}"));
}

}  // namespace

TEST_CASE("what nobody owns is a webhook's that is called for the object") {
  const std::string yes = "by right: webhook inject.example.com";
  const struct {
    const char* name;
    std::string cell;
    std::string ruling;
  } cases[] = {
      {"by kind", webhook(), yes},
      {"by all kinds",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"],
                       operations: ["*"], scope: Namespaced}]}]})",
       yes},
      {"of a subresource alone",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: [deployments/scale],
                       operations: ["*"]}]}]})",
       "drift"},
      {"of deletions",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, rules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments],
                       operations: [DELETE]}]}]})",
       "drift"},
      {"of cluster-wide kinds",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*"],
                       operations: ["*"], scope: Cluster}]}]})",
       "drift"},
      {"at another version, which stands for this one",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, matchPolicy: Equivalent, rules: [{apiGroups: [apps], apiVersions: [v1beta1],
                       resources: [deployments], operations: [CREATE]}]}]})",
       yes},
      {"at exactly another version",
       R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
           webhooks: [{name: inject.example.com, matchPolicy: Exact, rules: [{apiGroups: [apps], apiVersions: [v1beta1],
                       resources: [deployments], operations: [CREATE]}]}]})",
       "drift"},
      {"in namespaces that this one is among",
       webhook("    namespaceSelector: {matchLabels: {inject: enabled}}\n"
               "---\n{apiVersion: v1, kind: Namespace, metadata: {name: backend, labels: {inject: "
               "enabled}}}"),
       yes},
      {"in other namespaces",
       webhook("    namespaceSelector: {matchLabels: {inject: enabled}}\n"
               "---\n{apiVersion: v1, kind: Namespace, metadata: {name: backend}}"),
       "drift"},
      {"in all namespaces but some",
       webhook("    namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, "
               "operator: NotIn, "
               "values: [kube-system]}]}\n"),
       yes},
      {"for objects with a label",
       webhook("    objectSelector: {matchExpressions: [{key: inject, operator: Exists}]}\n"),
       "drift"},
      {"on conditions that are expressions",
       webhook("    matchConditions: [{name: a, expression: 'true'}]\n"),
       yes},
      {"no webhook at all", "{}", "drift"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.name);
    CHECK(ruling_on(Cell::of(each.cell), injected()) == each.ruling);
  }
}

TEST_CASE("what hangs on something of the cell that could not be read is undecided") {
  const GroupKind webhooks{"admissionregistration.k8s.io", "MutatingWebhookConfiguration"};
  CHECK(ruling_on(Cell::of("{}", {webhooks}), injected()) ==
        "undecided: spec.template.spec.containers[name=proxy] may be an admission webhook's: "
        "MutatingWebhookConfigurations could not be looked at: 403 forbidden");
  CHECK(ruling_on(Cell::of(webhook("    namespaceSelector: {matchLabels: {inject: enabled}}\n"),
                           {{"", "Namespace"}}),
                  injected())
            .starts_with("undecided: "));
  // Nothing hangs on it where a hand is on record, or where something was removed.
  compare::Difference by_hand = injected(compare::Evidence::owned);
  by_hand.owner = owner("kubectl-edit");
  CHECK(ruling_on(Cell::of("{}", {webhooks}), by_hand) == "drift");
  compare::Difference gone = rewritten(std::nullopt);
  gone.change = compare::Change::removed;
  CHECK(ruling_on(Cell::of("{}", {webhooks}), gone) == "drift");
}

TEST_CASE(
    "a rewritten value is a webhook's where the applier is known to have stated what Git does") {
  const Cell cell = Cell::of(webhook());
  const auto client_side = owner("kubectl-client-side-apply");
  const auto server_side = owner("argocd-controller", "Apply");
  CHECK(ruling_on(cell, rewritten(client_side), applied("app:1")) ==
        "by right: webhook inject.example.com");
  CHECK(ruling_on(cell, rewritten(client_side), applied("app:0")) ==
        "drift: webhook inject.example.com is called for this object and may have rewritten it; or "
        "the cell has what Git stated earlier");
  CHECK(ruling_on(cell, rewritten(server_side), deployment).starts_with("drift: webhook "));
  CHECK(ruling_on(cell, rewritten(owner("kubectl-set")), applied("app:1")) == "drift");
  CHECK(ruling_on(Cell::of("{}"), rewritten(client_side), applied("app:1")) == "drift");
}

TEST_CASE("a default that a webhook made another of is its doing, though the applier owns it") {
  compare::Difference policy{.path = path({field("spec"),
                                           field("template"),
                                           field("spec"),
                                           field("containers"),
                                           named("app"),
                                           field("imagePullPolicy")}),
                             .change = compare::Change::added,
                             .have = Value::string("Always"),
                             .owner = owner("kubectl-client-side-apply"),
                             .evidence = compare::Evidence::still_owned};
  const Cell cell = Cell::of(webhook());
  CHECK(ruling_on(cell, policy, applied("app:1")) == "by right: webhook inject.example.com");
  CHECK(ruling_on(cell, policy, deployment) == "drift");
  CHECK(ruling_on(Cell::of("{}"), policy, applied("app:1")) == "drift");
  policy.owner = owner("argocd-controller", "Apply");  // it states what it owns: Git once did
  CHECK(ruling_on(cell, policy, applied("app:1")) == "drift");
}

TEST_CASE("users say what a webhook rewrites") {
  const Cell cell = Cell::of(webhook());
  const auto table = compare::RightsTable::builtin().with(parsed(R"(
- name: mirror
  by: webhook
  webhooks: ["*.example.com"]
  paths: ["spec.template.spec.containers[*].image"]
  says: takes images from the mirror
)"));
  const compare::Rights rights(cell.view(), table);
  const auto ruling =
      rights.rule_on(web, deployment, deployment, rewritten(owner("argocd-controller", "Apply")));
  CHECK(ruling.kind == compare::Ruling::Kind::by_right);
  CHECK(ruling.rule == "mirror");
  CHECK(ruling.reason == "webhook inject.example.com takes images from the mirror");
  CHECK(rights.rule_on(web, deployment, deployment, rewritten(owner("kubectl-set"))).kind ==
        compare::Ruling::Kind::drift);
}

TEST_CASE("without managedFields a webhook's field cannot be told from a hand's") {
  const Cell cell = Cell::of(webhook());
  CHECK(ruling_on(cell, injected(compare::Evidence::no_ownership)).starts_with("undecided: "));
  CHECK(ruling_on(Cell::of("{}"), injected(compare::Evidence::no_ownership)) == "drift");
}

TEST_CASE("a number of replicas that nobody owns was scaled, by no webhook") {
  const compare::Difference difference{.path = replicas,
                                       .change = compare::Change::added,
                                       .have = Value::integer(4),
                                       .evidence = compare::Evidence::no_record};
  CHECK(ruling_on(Cell::of(webhook()), difference) ==
        "drift: scaling leaves no record of who, where Git states no number");
  CHECK(ruling_on(Cell::of(autoscaler), difference) ==
        "by right: HorizontalPodAutoscaler backend/scaler");
}

TEST_CASE("webhooks are never asked about their own configuration") {
  const Cell cell = Cell::of(
      R"({apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {name: i},
          webhooks: [{name: a, rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: ["*"]}]}]})");
  const ObjectKey key{"admissionregistration.k8s.io", "MutatingWebhookConfiguration", "", "i"};
  CHECK(ruling_on(cell, injected(), deployment, key) == "drift");
}

TEST_CASE("admission policies change objects where they are bound") {
  const std::string policy = R"(
apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingAdmissionPolicy
metadata: {name: sidecars}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE]}]
)";
  const std::string binding = R"(
---
apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingAdmissionPolicyBinding
metadata: {name: sidecars}
spec: {policyName: sidecars, matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: backend}}}}
)";
  CHECK(ruling_on(Cell::of(policy), injected()) == "drift");
  CHECK(ruling_on(Cell::of(policy + binding), injected()) ==
        "by right: MutatingAdmissionPolicy sidecars");
}

TEST_CASE("a Kyverno policy puts what its patches say") {
  const auto policy = [](std::string_view rule) {
    return Cell::of(
        R"({apiVersion: kyverno.io/v1, kind: ClusterPolicy, metadata: {name: p}, spec: {rules: [)" +
        std::string(rule) + "]}}");
  };
  const auto label = [](const char* key, const char* have) {
    return compare::Difference{.path = path({field("metadata"), field("labels"), field(key)}),
                               .change = compare::Change::added,
                               .have = Value::string(have),
                               .evidence = compare::Evidence::no_record};
  };
  const std::string team =
      "{name: r, match: {any: [{resources: {kinds: [Deployment]}}]}, mutate: {patchStrategicMerge: "
      "{metadata: {labels: {+(team): core}}}}}";
  const std::string yes = "by right: Kyverno ClusterPolicy p";
  CHECK(ruling_on(policy(team), label("team", "core")) == yes);
  CHECK(ruling_on(policy(team), label("other", "core")) == "drift");
  const std::string elsewhere =
      "{name: r, match: {any: [{resources: {kinds: [Deployment], namespaces: [edge]}}]}, mutate: "
      "{patchStrategicMerge: {metadata: {labels: {team: core}}}}}";
  CHECK(ruling_on(policy(elsewhere), label("team", "core")) == "drift");
  const std::string excluded =
      "{name: r, match: {any: [{resources: {kinds: ['*']}}]}, exclude: {any: [{resources: {names: "
      "[w*]}}]}, mutate: {patchStrategicMerge: {metadata: {labels: {team: core}}}}}";
  CHECK(ruling_on(policy(excluded), label("team", "core")) == "drift");

  const auto applier = owner("argocd-controller", "Apply");
  const std::string registry =
      "{name: r, match: {any: [{resources: {kinds: [Pod]}}]}, mutate: {foreach: [{list: "
      "request.object.spec.containers, patchStrategicMerge: {spec: {containers: [{name: '{{ "
      "element.name }}', image: 'mirror/{{ images.containers.\"{{element.name}}\".path "
      "}}:x'}]}}}]}}";
  const std::string any_image =
      "{name: r, match: {any: [{resources: {kinds: [Pod]}}]}, mutate: {patchStrategicMerge: {spec: "
      "{containers: [{(name): '*', image: 'mirror/{{ path }}'}]}}}}";
  CHECK(ruling_on(policy(registry), rewritten(applier)) == "drift");  // another tag: not its doing
  CHECK(ruling_on(policy(any_image), rewritten(applier)) == yes);
  compare::Difference lagging = rewritten(applier);
  lagging.have = Value::string("mirror/app:0");
  CHECK(ruling_on(policy(any_image), lagging) == "drift");
  CHECK(ruling_on(policy(any_image), rewritten(owner("kubectl-set"))) == "drift");

  // A container that a policy adds has all that the server fills in.
  const std::string sidecar =
      "{name: r, match: {any: [{resources: {kinds: [Pod]}}]}, mutate: {patchStrategicMerge: {spec: "
      "{containers: [{name: proxy, image: 'proxy:1'}]}}}}";
  compare::Difference proxy = injected();
  proxy.have = parsed("{name: proxy, image: 'proxy:1', terminationMessagePath: /dev/log}");
  CHECK(ruling_on(policy(sidecar), proxy) == yes);
  CHECK(ruling_on(policy(any_image), proxy) == "drift");

  const std::string json =
      "{name: r, match: {resources: {kinds: [apps/v1/Deployment]}}, mutate: {patchesJson6902: \"- "
      "{op: add, path: /metadata/labels/a~1b, value: c}\"}}";
  CHECK(ruling_on(policy(json), label("a/b", "c")) == yes);
}

TEST_CASE("a LimitRange gives containers of Pods what they do not state") {
  const Cell cell = Cell::of(R"(
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: backend}
spec: {limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: "0.1"}}]}
)");
  const ObjectKey pod{"", "Pod", "backend", "one"};
  const auto limit = [](const char* list, const char* have) {
    return compare::Difference{.path = path({field("spec"),
                                             field("containers"),
                                             named("app"),
                                             field("resources"),
                                             field(list),
                                             field("cpu")}),
                               .change = compare::Change::added,
                               .have = Value::string(have),
                               .evidence = compare::Evidence::no_record};
  };
  const std::string yes = "by right: LimitRange backend/defaults";
  CHECK(ruling_on(cell, limit("limits", "500m"), deployment, pod) == yes);
  CHECK(ruling_on(cell, limit("requests", "100m"), deployment, pod) == yes);
  CHECK(ruling_on(cell, limit("limits", "600m"), deployment, pod) == "drift");
}

TEST_CASE("what is wrong with a row is said with its line") {
  const struct {
    const char* rows;
    const char* message;
  } cases[] = {
      {"- {name: a}", "a row lacks \"by\""},
      {"- {name: a, by: apps/X, paths: [spec], says: x}", "a row lacks \"target\""},
      {"- {name: a, by: itself, paths: ['spec['], says: x}", "\"spec[\" is no pattern of a path"},
      {"- {nme: a}", "\"nme\" means nothing"},
      {"- {name: a, by: apps/X, target: [{name: spec.x}], paths: [spec], says: x}",
       "a target with \"name\" lacks \"kind\""},
      {"{}", "a table of rights is a list of rows"},
  };
  for (const auto& each : cases) {
    CAPTURE(each.rows);
    try {
      compare::RightsTable().with(parsed(each.rows));
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.message().find(each.message) != std::string::npos);
    }
  }
}

TEST_CASE("only what can give a right to what is compared is wanted") {
  const auto kinds = compare::Rights::wanted_kinds({{"apps", "Deployment"}});
  CHECK(kinds.contains({"autoscaling", "HorizontalPodAutoscaler"}));
  CHECK(kinds.contains({"admissionregistration.k8s.io", "MutatingWebhookConfiguration"}));
  CHECK(!kinds.contains({"external-secrets.io", "ExternalSecret"}));
  CHECK(compare::Rights::wanted_kinds({{"", "Secret"}})
            .contains({"external-secrets.io", "ExternalSecret"}));
}
