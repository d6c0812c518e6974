#include "cli/altered_fields.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

namespace celldrift::cli {
namespace {

constexpr std::string_view wanted = R"(
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd, labels: {team: a}, finalizers: [resources-finalizer.argocd.argoproj.io]}
spec:
  project: shop
  source: {repoURL: "https://git.example.com/m.git", path: apps/web, helm: {parameters: [{name: a, value: "1"}]}}
  destination: {server: "https://a.example.com", namespace: web}
  syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}
)";

// "+" added, "-" removed, "~" modified; "(let be)" where it is.
std::string altered(std::string_view live, const Value* set = nullptr) {
  const Value git = yaml::parse(wanted).value;
  const Value there = yaml::parse(live).value;
  std::string text;
  for (const audit::AlteredField& field :
       altered_fields({.wanted = git, .live = there, .set = set, .context = {}})) {
    using compare::Change;
    const Change change = field.difference.change;
    text += (text.empty() ? "" : ", ");
    text += change == Change::added ? "+" : change == Change::removed ? "-" : "~";
    text += field.difference.path.text() + (field.let_be.empty() ? "" : " (let be)");
    text += field.difference.owner ? " by " + field.difference.owner->manager : "";
  }
  return text;
}

std::string replaced(std::string_view what, std::string_view with) {
  std::string text(wanted);
  text.replace(text.find(what), what.size(), with);
  return text;
}

TEST_CASE("what of a live Application is not as Git makes it") {
  struct Case {
    std::string_view what;
    std::string live;
    std::string altered;
  };
  const Case cases[] = {
      {"the same", std::string(wanted), ""},
      {"what says nothing",
       replaced("path: apps/web", "path: apps/web, kustomize: {}, targetRevision: \"\""),
       ""},
      {"status and operation",
       std::string(wanted) + "status: {sync: {status: Synced}}\noperation: {sync: {}}\n",
       ""},
      {"another revision",
       replaced("path: apps/web", "path: apps/web, targetRevision: dev"),
       "+spec.source.targetRevision"},
      {"another parameter",
       replaced("\"1\"", "\"2\""),
       "~spec.source.helm.parameters[name=a].value"},
      {"no self-heal", replaced(", selfHeal: true", ""), "-spec.syncPolicy.automated.selfHeal"},
      {"no automation",
       replaced("automated: {prune: true, selfHeal: true}, ", ""),
       "-spec.syncPolicy.automated"},
      {"disabled",
       replaced("{prune: true,", "{enabled: false, prune: true,"),
       "+spec.syncPolicy.automated.enabled"},
      {"a label of Git's", replaced("team: a", "team: b"), "~metadata.labels.team"},
      {"somebody else's label", replaced("team: a", "team: a, mine: x"), ""},
      {"an order to Argo CD",
       replaced("finalizers:",
                "annotations: {argocd.argoproj.io/sync-options: Prune=false}, finalizers:"),
       "+metadata.annotations"},
      {"a question to Argo CD",
       replaced("finalizers:", "annotations: {argocd.argoproj.io/refresh: hard}, finalizers:"),
       ""},
      {"no finalizer is what it does not need",
       replaced(", finalizers: [resources-finalizer.argocd.argoproj.io]", ""),
       ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    CHECK(altered(each.live) == each.altered);
  }
}

TEST_CASE("what the ApplicationSet lets be is said to be so") {
  const auto with = [](std::string_view rules) {
    return yaml::parse("{spec: {" + std::string(rules) + "}}").value;
  };
  const std::string live = replaced(", selfHeal: true", "");
  const Value pointers =
      with("ignoreApplicationDifferences: [{jsonPointers: [/spec/syncPolicy/automated]}]");
  CHECK(altered(live, &pointers) == "-spec.syncPolicy.automated.selfHeal (let be)");
  const Value expressions = with(
      "ignoreApplicationDifferences: [{jqPathExpressions: [.spec.syncPolicy.automated.selfHeal]}]");
  CHECK(altered(live, &expressions) == "-spec.syncPolicy.automated.selfHeal (let be)");
  const Value others = with("ignoreApplicationDifferences: [{name: other, jsonPointers: [/spec]}]");
  CHECK(altered(live, &others) == "-spec.syncPolicy.automated.selfHeal");
  const Value preserved = with("preservedFields: {labels: [team]}");
  CHECK(altered(replaced("team: a", "team: b"), &preserved).empty());
}

TEST_CASE("what the ApplicationSet lets be of one parameter is found by its name") {
  const std::string_view rules = R"(spec: {ignoreApplicationDifferences: [{jqPathExpressions: [
      '.spec.source.helm.parameters[] | select(.name == "a" or .name == "b")']}]})";
  const Value set = yaml::parse(rules).value;
  struct Case {
    std::string_view what;
    std::string_view parameters;
    std::string altered;
  };
  const Case cases[] = {
      {"added",
       R"([{name: b, value: x}, {name: a, value: "1"}])",
       "+spec.source.helm.parameters[name=b] (let be)"},
      {"another",
       R"([{name: c, value: x}, {name: a, value: "1"}])",
       "+spec.source.helm.parameters[name=c]"},
      {"modified",
       R"([{name: a, value: "2"}])",
       "~spec.source.helm.parameters[name=a].value (let be)"},
      {"gone",
       "[{name: b, value: x}]",
       "+spec.source.helm.parameters[name=b] (let be), -spec.source.helm.parameters[name=a] (let "
       "be)"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    CHECK(altered(replaced(R"([{name: a, value: "1"}])", each.parameters), &set) == each.altered);
  }
}

TEST_CASE("an ApplicationSet's parameters are told one by one, its generators as a whole") {
  const auto set = [](std::string_view parameters, std::string_view generators) {
    return yaml::parse(
               "{apiVersion: argoproj.io/v1alpha1, kind: ApplicationSet, metadata: {name: s}, "
               "spec: {generators: " +
               std::string(generators) + ", template: {spec: {source: {helm: {parameters: " +
               std::string(parameters) + "}}}}}}")
        .value;
  };
  const auto told = [&](const Value& live) {
    std::string text;
    const Value git = set("[{name: a, value: x}, {name: b, value: w}]", "[{clusters: {}}]");
    for (const audit::AlteredField& field : altered_set(git, live, {})) {
      text += field.difference.path.text() + " ";
    }
    return text;
  };
  CHECK(told(set("[{name: c}, {name: a, value: z}, {name: b, value: w}]", "[{clusters: {}}]")) ==
        "spec.template.spec.source.helm.parameters[name=c] "
        "spec.template.spec.source.helm.parameters[name=a].value ");
  CHECK(told(set("[{name: a, value: x}, {name: b, value: w}]", "[{list: {elements: []}}]")) ==
        "spec.generators ");
}

TEST_CASE("who did it is whom managedFields name last") {
  const std::string fields =
      "managedFields: [{manager: argocd-applicationset-controller, operation: Update, time: "
      "\"2026-03-01T00:00:00Z\", "
      "fieldsV1: {f:spec: {f:project: {}}}}, {manager: kubectl-edit, operation: Update, time: "
      "\"2026-03-02T00:00:00Z\", fieldsV1: {f:spec: {f:project: {}}}}, {manager: "
      "argocd-application-controller, "
      "operation: Update, subresource: status, time: \"2026-03-03T00:00:00Z\", fieldsV1: {f:spec: "
      "{f:project: {}}}}], ";
  std::string live = replaced("project: shop", "project: other");
  live.insert(live.find("labels:"), fields);
  CHECK(altered(live) == "~spec.project by kubectl-edit");
}

}  // namespace
}  // namespace celldrift::cli
