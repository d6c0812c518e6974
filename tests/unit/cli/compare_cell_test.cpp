// What cells have in common is worked out once: each must say what it says alone.
#include "cli/compare_cell.hpp"

#include "celldrift/observe/snapshot.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/read_context.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace celldrift::cli {
namespace {

using observe::KindCoverage;

constexpr std::string_view git = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "registry.example.com/web:1.2", env: [{name: MODE, value: fast}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {level: info, token-copy: "k9!fQ2#pLw7Zx"}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: "k9!fQ2#pLw7Zx"}
---
apiVersion: example.com/v1
kind: Basket
metadata: {name: b}
spec: {sizes: [{name: a, size: 1}]}
---
apiVersion: v1
kind: Service
metadata: {name: gone}
spec: {ports: [{port: 80}]}
)";

constexpr std::string_view live = R"(
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  uid: u-1
  labels: {app: web}
  managedFields:
    - {manager: argocd-controller, operation: Apply, apiVersion: apps/v1, fieldsType: FieldsV1, time: "2026-01-01T00:00:00Z", fieldsV1: {"f:spec": {"f:template": {}}}}
    - {manager: kubectl-edit, operation: Update, apiVersion: apps/v1, fieldsType: FieldsV1, time: "2026-01-02T00:00:00Z", fieldsV1: {"f:spec": {"f:replicas": {}}}}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "registry.example.com/web:1.2", env: [{name: MODE, value: fast}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop, uid: u-2}
data: {level: info, token-copy: "k9!fQ2#pLw7Zx"}
---
apiVersion: v1
kind: Secret
metadata: {name: login, namespace: shop, uid: u-3}
stringData: {password: "k9!fQ2#pLw7Zx"}
---
apiVersion: example.com/v1
kind: Basket
metadata: {name: b, namespace: shop, uid: u-4}
spec: {sizes: [{name: a, size: 1}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: loose, namespace: shop, uid: u-5, managedFields: [{manager: kubectl-create, operation: Update, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {"f:data": {}}}]}
data: {a: b}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high, uid: u-6}
value: 1000
)";

constexpr std::string_view autoscaler = R"(
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop, uid: u-7}
spec: {minReplicas: 1, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
)";

constexpr std::string_view definition = R"(
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: baskets.example.com, uid: u-8}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Basket, plural: baskets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                sizes:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    properties: {name: {type: string}, size: {type: integer}}
                color: {type: string, default: red}
)";

// All that a cell's comparison may hang on.
struct Sample {
  std::string name;
  std::string application = "shop";
  std::string ns = "shop";
  std::string git{cli::git};
  std::string spec = "{destination: {namespace: shop}}";
  std::string live{cli::live};
  char key = 'k';
  std::map<std::string, std::string> labels = {};
  std::function<void(observe::Observation&)> change = [](observe::Observation&) {};
};

Sample with(std::string name, const std::function<void(Sample&)>& change) {
  Sample sample;
  change(sample);
  sample.name = std::move(name);
  return sample;
}

void replace(std::string& text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  text.replace(at, what.size(), by);
}

std::vector<Sample> samples() {
  const auto in_live = [](std::string_view what, std::string_view by) {
    return [=](Sample& sample) { replace(sample.live, what, by); };
  };
  const auto with_spec = [](std::string spec) {
    return [=](Sample& sample) { sample.spec = spec; };
  };
  return {
      with("base", [](Sample&) {}),
      with("the same once more", [](Sample&) {}),
      with("a label of the cell", [](Sample& each) { each.labels = {{"tier", "edge"}}; }),
      with("another name", [](Sample& each) { each.application = "cell-b-shop"; }),
      with("another namespace", [](Sample& each) { each.ns = "other"; }),
      with("another value in Git",
           [](Sample& each) { replace(each.git, "level: info", "level: warn"); }),
      with("another line in Git", [](Sample& each) { each.git = "\n" + each.git; }),
      with("a mark of the Application",
           in_live("labels: {app: web}", "labels: {app: web, app.kubernetes.io/instance: shop}")),
      with("a mark, another name",
           [](Sample& each) {
             each.application = "cell-b-shop";
             replace(each.git,
                     "labels: {app: web}",
                     "labels: {app: web, app.kubernetes.io/instance: shop}");
           }),
      with("a mark in Git",
           [](Sample& each) {
             replace(each.git,
                     "labels: {app: web}",
                     "labels: {app: web, app.kubernetes.io/instance: shop}");
           }),
      with("tracked as another",
           in_live("uid: u-2",
                   "uid: u-2, annotations: {argocd.argoproj.io/tracking-id: "
                   "\"x:/ConfigMap:shop/settings\"}")),
      with("tracked as its own",
           in_live("uid: u-5",
                   "uid: u-5, annotations: {argocd.argoproj.io/tracking-id: "
                   "\"shop:/ConfigMap:shop/loose\"}")),
      with("extra, another name",
           [](Sample& each) {
             each.application = "cell-b-shop";
             replace(each.live,
                     "uid: u-5",
                     "uid: u-5, annotations: {argocd.argoproj.io/tracking-id: "
                     "\"cell-b-shop:/ConfigMap:shop/loose\"}");
           }),
      with("a rule that ignores",
           with_spec("{ignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: "
                     "[/spec/replicas]}]}")),
      with("the rule on another line",
           with_spec("{\nignoreDifferences: [{group: apps, kind: Deployment, jsonPointers: "
                     "[/spec/replicas]}]}")),
      with("a rule that ignores by jq",
           with_spec("{ignoreDifferences: [{group: apps, kind: Deployment, jqPathExpressions: "
                     "[.spec.replicas]}]}")),
      with("a managed namespace",
           with_spec("{syncPolicy: {syncOptions: [CreateNamespace=true], managedNamespaceMetadata: "
                     "{labels: {a: b}}}}")),
      with("the namespace managed otherwise",
           with_spec("{syncPolicy: {syncOptions: [CreateNamespace=true], managedNamespaceMetadata: "
                     "{labels: {a: c}}}}")),
      with("another owner", in_live("manager: kubectl-edit", "manager: kube-controller-manager")),
      with("another uid", in_live("uid: u-1", "uid: u-9")),
      with("another live value", in_live("level: info", "level: debug")),
      with("the live value as in Git", in_live("replicas: 5", "replicas: 3")),
      with("a right", [](Sample& each) { each.live += autoscaler; }),
      with("a right that cannot be read",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.coverage[{"autoscaling", "HorizontalPodAutoscaler"}] = {
                   KindCoverage::State::unknown, {}, "403"};
             };
           }),
      with("types by a definition", [](Sample& each) { each.live += definition; }),
      with("a default of the definition",
           [](Sample& each) {
             each.live += definition;
             replace(each.live,
                     "sizes: [{name: a, size: 1}]}\n---",
                     "sizes: [{name: a, size: 1}], color: red}\n---");
           }),
      with("a field that no type has",
           in_live("sizes: [{name: a, size: 1}]}\n---",
                   "sizes: [{name: a, size: 1}], color: red}\n---")),
      with("missing objects cannot be believed",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.coverage[{"", "Service"}] = {KindCoverage::State::unknown, {}, "timeout"};
             };
           }),
      with("for another reason",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.coverage[{"", "Service"}] = {KindCoverage::State::unknown, {}, "403"};
             };
           }),
      with("a version is not served",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.served.kinds[{"example.com", "Basket"}] = {"v2"};
             };
           }),
      with("another Kubernetes",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) { cell.kubernetes_version = "v1.33.0"; };
           }),
      with("another scope",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.scopes.set({"example.com", "Basket"}, Scope::cluster);
             };
           }),
      with("another key of secrets", [](Sample& each) { each.key = 'x'; }),
      with("another secret",
           in_live("stringData: {password: \"k9!fQ2#pLw7Zx\"}",
                   "stringData: {password: \"8Vd$mR4^tHs1Qb\"}")),
      with("another copy of it",
           in_live("token-copy: \"k9!fQ2#pLw7Zx\"", "token-copy: \"8Vd$mR4^tHs1Qb\"")),
      with("another substrate", in_live("value: 1000", "value: 2000")),
      with("another time",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) { cell.time += std::chrono::hours(1); };
           }),
      with("no cell",
           [](Sample& each) {
             each.change = [](observe::Observation& cell) {
               cell.reachable = false;
               cell.reason = "refused";
             };
           }),
  };
}

std::string snapshot_of(const Sample& sample) {
  observe::Snapshot snapshot;
  snapshot.key = observe::SecretKey::from_bytes(std::string(32, sample.key));
  observe::Observation& cell = snapshot.observation;
  cell.cell = "cell";
  cell.server = "https://cell:6443";
  cell.kubernetes_version = "v1.35.1";
  cell.reachable = true;
  cell.time = *parse_time("2026-03-01T09:30:00Z");
  cell.secret_key_id = snapshot.key->id();
  cell.served.known = true;
  observe::KnownSecrets known;
  observe::ObjectRun objects;
  for (const Value& each : yaml::parse_stream(sample.live).documents) {
    const Value value = observe::without_secrets(each, *snapshot.key, &known);
    objects.push_back({key_of(value), value});
  }
  observe::Scrubber scrubber(known, observe::Sensitive::builtin(), *snapshot.key);
  for (observe::LiveObject& each : objects) {
    each.object = scrubber.scrub(each.object);
    const GroupKind kind = each.key.group_kind();
    cell.coverage[kind] = {KindCoverage::State::complete, {}, ""};
    cell.served.kinds[kind] = {std::string(version_of(each.object.string_at({"apiVersion"})))};
  }
  cell.coverage[{"", "Service"}] = {KindCoverage::State::complete, {}, ""};
  cell.served.kinds[{"", "Service"}] = {"v1"};
  std::ranges::sort(objects, {}, &observe::LiveObject::key);
  cell.objects = observe::ObjectTable(std::move(objects));
  sample.change(cell);
  return observe::encode_snapshot(snapshot);
}

// ---- What a cell says, in words.

std::string text_of(const Mark& mark) {
  return "@" + std::to_string(mark.source) + ":" + std::to_string(mark.line) + ":" +
         std::to_string(mark.column);
}

std::string text_of(const std::optional<Value>& value) {
  return value ? yaml::emit_json(*value) + text_of(value->mark()) : "-";
}

std::string text_of(const compare::Difference& difference) {
  return difference.path.text() + " " + std::string(describe(difference.change)) + " want " +
         text_of(difference.want) + " have " + text_of(difference.have) + text_of(difference.mark) +
         " by " + (difference.owner ? difference.owner->manager : "-") + " " +
         std::string(describe(difference.evidence)) + " " + difference.reason;
}

std::string text_of(const compare::ObjectResult& result) {
  std::string text = "  " + describe(result.key) + " " + result.api_version + " " +
                     std::string(describe(result.status)) + " " + result.reason + "\n    " +
                     text_of(std::optional(result.desired)) + "\n    " +
                     yaml::emit_json(result.live) + "\n";
  for (const auto& each : result.differences) {
    text += "    - " + text_of(each) + "\n";
  }
  for (const auto& each : result.accepted) {
    text += "    ok " + text_of(each.difference) + " " + each.rule + " " + each.by + " " +
            each.reason + text_of(each.mark) + each.also_by + each.also_rule + "\n";
  }
  return text;
}

std::string text_of(const ComparedCell& cell) {
  std::string text = cell.summary.coverage + " " + cell.summary.reason + "\n";
  for (const auto& application : cell.applications) {
    text += application.application + "\n";
    for (const auto& result : application.objects) {
      text += text_of(result);
    }
    for (const auto& [key, pods] : application.running) {
      text += "  runs " + describe(key) + " " + std::to_string(pods.pods) + pods.stopped + "\n";
    }
  }
  for (const Problem& problem : cell.problems) {
    text += problem.message + "\n";
  }
  for (const auto& loose : cell.known.loose) {
    text += "loose " + loose.object.ns + "/" + loose.object.name + "\n";
  }
  for (const auto& part : cell.known.substrate.parts) {
    text += "stands on " + describe(part.key) + yaml::emit_json(part.content) + "\n";
  }
  for (const auto& [kind, namespaces] : cell.known.read) {
    text += "read " + kind.kind + "\n";
  }
  for (const auto& [where, reason] : cell.known.substrate.unread) {
    text += "unread " + where.first.kind + where.second + reason + "\n";
  }
  return text;
}

// Compares cells with what is remembered of those before.
class Comparer {
 public:
  Comparer() : client_(client_options()) {}

  std::string said_of(const Sample& sample) {
    auto& manifests = rendered_[sample.git];
    if (manifests == nullptr) {
      render::Manifests made;
      made.objects = yaml::parse_stream(sample.git).documents;
      manifests = std::make_shared<const render::Manifests>(std::move(made));
    }
    const Value spec = yaml::parse(sample.spec).value;
    const RenderedApplication application{.application = {.name = sample.application,
                                                          .ns = "argocd",
                                                          .destination_namespace = sample.ns,
                                                          .cell = "cell",
                                                          .component = "shop",
                                                          .object = Value::map({{"spec", spec}})},
                                          .sources = {manifests},
                                          .references = {}};
    const fleet::Cell cell{
        .name = "cell",
        .server = "https://cell:6443",
        .labels = sample.labels,
        .access = fleet::SnapshotFile{"cell.snap",
                                      std::make_shared<const std::string>(snapshot_of(sample))}};
    CellReader reader(cell, context_);
    reader.reach();
    const RenderedApplication* all[] = {&application};
    return text_of(compare_cell(cell, reader, all, rules_));
  }

 private:
  kube::Client client_;
  ReadContext context_{.client = client_,
                       .options = {},
                       .key = observe::SecretKey::from_bytes(std::string(32, 'r')),
                       .now = *parse_time("2026-03-01T10:00:00Z")};
  fleet::Projects projects_;
  CompareRules rules_{.projects = projects_};
  std::map<std::string, std::shared_ptr<const render::Manifests>> rendered_;
};

TEST_CASE("a cell says the same whatever others were compared before it") {
  const std::vector<Sample> all = samples();
  std::map<std::string, std::string> alone;
  for (const Sample& sample : all) {
    alone[sample.name] = Comparer().said_of(sample);
  }
  CHECK(alone["base"] == alone["the same once more"]);
  std::mt19937 random(7);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < 2 * all.size(); ++i) {
    order.push_back(i % all.size());
  }
  for (int round = 0; round < 3; ++round) {
    Comparer together;
    for (const std::size_t i : order) {
      CAPTURE(all[i].name);
      CHECK(together.said_of(all[i]) == alone[all[i].name]);
    }
    std::ranges::shuffle(order, random);
  }
}

TEST_CASE("what cells differ in is seen when each is compared alone") {
  const std::string base = Comparer().said_of(Sample());
  for (const Sample& sample : samples()) {
    const bool is_same = sample.name == "base" || sample.name == "the same once more" ||
                         sample.name == "a label of the cell" ||
                         sample.name == "another Kubernetes" || sample.name == "another time" ||
                         sample.name == "another name";
    CAPTURE(sample.name);
    if (!is_same) {
      CHECK(Comparer().said_of(sample) != base);
    }
  }
}

}  // namespace
}  // namespace celldrift::cli
