#include "celldrift/compare/argo_settings.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using compare::ArgoSettings;

namespace {

struct Read {
  ArgoSettings settings;
  std::vector<Problem> problems;
};

Read read(const std::string& data) {
  Read result;
  const SourceId source = intern_source({.path = "cm.yaml"});
  const Value map = yaml::parse("kind: ConfigMap\nmetadata: {name: argocd-cm}\ndata:\n" + data,
                                {.source = source})
                        .value;
  result.settings = ArgoSettings::read(map, result.problems);
  return result;
}

}  // namespace

TEST_CASE("system rules come from keys of their own, and from the old one") {
  const Read old = read(
      "  resource.customizations: |\n"
      "    apps/Deployment:\n"
      "      ignoreDifferences: |\n"
      "        jsonPointers: [/spec/replicas]\n"
      "      health.lua: return 1\n"
      "    Service:\n"
      "      ignoreDifferences: |\n"
      "        managedFieldsManagers: [m]\n");
  CHECK(old.problems.empty());
  REQUIRE(old.settings.ignore_rules.size() == 2);
  CHECK(old.settings.ignore_rules[0].group == "apps");
  CHECK(old.settings.ignore_rules[0].kind == "Deployment");
  CHECK(old.settings.ignore_rules[0].json_pointers == std::vector<std::string>{"/spec/replicas"});
  CHECK(old.settings.ignore_rules[1].group.empty());
  CHECK(old.settings.ignore_rules[1].managers == std::vector<std::string>{"m"});

  const Read split = read(
      "  resource.customizations: |\n"
      "    apps/Deployment: {ignoreDifferences: 'jsonPointers: [/spec/a]'}\n"
      "  resource.customizations.ignoreDifferences.apps_Deployment: |\n"
      "    jqPathExpressions: [.spec.b]\n"
      "  resource.customizations.ignoreDifferences.all: |\n"
      "    jsonPointers: [/c]\n"
      "  resource.customizations.ignoreDifferences.*.example.com_*: 'jsonPointers: [/d]'\n"
      "  resource.customizations.ignoreResourceUpdates.all: 'jsonPointers: [/status]'\n"
      "  resource.customizations.health.apps_Deployment: return 1\n"
      "  resource.customizations.knownTypeFields.example.com_Roll: |\n"
      "    - {field: spec.template, type: core/v1/PodTemplateSpec}\n");
  CHECK(split.problems.empty());
  REQUIRE(split.settings.ignore_rules.size() == 3);
  CHECK(describe(split.settings.ignore_rules[0]) == "*.example.com/*");
  CHECK(describe(split.settings.ignore_rules[1]) == "*/*");
  CHECK(split.settings.ignore_rules[2].jq_expressions == std::vector<std::string>{".spec.b"});
  CHECK(split.settings.ignore_rules[2].json_pointers.empty());  // a key of its own replaces it
  CHECK(describe(split.settings.ignore_rules[2].mark) == "cm.yaml:6");
  REQUIRE(split.settings.known_types.size() == 1);
  CHECK(split.settings.known_types[0].type == "core/v1/PodTemplateSpec");
}

TEST_CASE("what makes Argo CD fail is a problem with its line") {
  for (const char* data : {
           "  resource.customizations.nonsense.apps_Deployment: ''\n",
           "  resource.customizations.ignoreDifferences.a_b_c: ''\n",
           "  resource.customizations.ignoreDifferences.apps_Deployment: '['\n",
           "  resource.customizations.ignoreDifferences.apps_Deployment: '{jsonPointers: /a}'\n",
           "  resource.customizations: '[]'\n",
           "  resource.exclusions: 'a: b'\n",
           "  resource.compareoptions: '{ignoreAggregatedRoles: perhaps}'\n",
       }) {
    CAPTURE(data);
    const Read result = read(data);
    REQUIRE(result.problems.size() == 1);
    CHECK(result.problems[0].source.starts_with("cm.yaml:4"));
    CHECK(result.problems[0].unknown == LeavesUnknown::yes);
  }
}

TEST_CASE("exclusions and inclusions decide what Argo CD sees") {
  const GroupKind endpoints{"", "Endpoints"};
  const GroupKind lease{"coordination.k8s.io", "Lease"};
  CHECK(ArgoSettings::defaults().excludes(endpoints, "https://a"));
  CHECK(!read("  a: b\n").settings.excludes(endpoints, "https://a"));
  CHECK(read("  a: b\n").settings.excludes(lease, "https://a"));

  const ArgoSettings excluding =
      read("  resource.exclusions: |\n    - {kinds: [Secret], clusters: ['https://a*']}\n")
          .settings;
  CHECK(excluding.excludes({"", "Secret"}, "https://abc"));
  CHECK(!excluding.excludes({"", "Secret"}, "https://b"));
  CHECK(!excluding.excludes({"", "ConfigMap"}, "https://abc"));

  const ArgoSettings including =
      read("  resource.inclusions: |\n    - {apiGroups: ['', apps], clusters: ['https://a']}\n")
          .settings;
  CHECK(!including.excludes({"apps", "Deployment"}, "https://a"));
  CHECK(including.excludes({"batch", "Job"}, "https://a"));
  CHECK(!including.excludes({"batch", "Job"}, "https://b"));
}

TEST_CASE("tracking, its label and what is sensitive are read") {
  const ArgoSettings settings = read(
                                    "  application.resourceTrackingMethod: annotation+label\n"
                                    "  application.instanceLabelKey: example.com/app\n"
                                    "  installationID: one\n"
                                    "  resource.sensitive.mask.annotations: a.b/c, d\n"
                                    "  resource.compareoptions: 'ignoreAggregatedRoles: true'\n")
                                    .settings;
  CHECK(settings.tracking == compare::TrackingMethod::annotation_and_label);
  CHECK(settings.instance_label == "example.com/app");
  CHECK(settings.installation_id == "one");
  CHECK(settings.sensitive_annotations == std::set<std::string>{"a.b/c", "d"});
  CHECK(settings.ignore_aggregated_roles);
  CHECK(read("  a: b\n").settings.tracking == compare::TrackingMethod::annotation);
  CHECK(ArgoSettings::defaults().tracking == compare::TrackingMethod::unknown);
}
