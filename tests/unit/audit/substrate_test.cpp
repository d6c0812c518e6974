#include "celldrift/audit/substrate.hpp"

#include "audit/substrate/content.hpp"
#include "audit/substrate/substrate.hpp"
#include "inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace celldrift::audit {
namespace {

using compare::Status;
using Texts = std::vector<std::string>;

Substrate substrate(const Texts& objects, const Texts& of_git = {}) {
  Substrate result{.is_known = true};
  result.namespaces = {"shop"};
  for (const auto* texts : {&objects, &of_git}) {
    for (const std::string& text : *texts) {
      const Value live = yaml::parse(text).value;
      const bool is_gits = texts == &of_git;
      result.parts.push_back({.key = key_of(live),
                              .api_version = std::string(live.string_at({"apiVersion"})),
                              .content = substrate_content(live),
                              .is_gits = is_gits});
      if (is_gits) {
        result.gits.insert(key_of(live));
      }
    }
  }
  std::ranges::sort(result.parts, {}, &Substrate::Part::key);
  return result;
}

using Fleet = std::map<std::string, Substrate>;

Input input_of(const Fleet& fleet) {
  Input input;
  for (const auto& [name, of_cell] : fleet) {
    CellSummary summary = cell(name);
    summary.server = "https://api." + name + ".example.com";
    summary.kubernetes_version = "v1.35.1";
    input.cells.push_back(summary);
    KnownCell known;
    known.name = name;
    known.substrate = of_cell;
    input.known.push_back(known);
  }
  return input;
}

// "rule severity component subject path: cells"
std::string text_of(const Finding& finding) {
  std::string text = finding.subject;
  text += finding.path_text.empty() ? "" : " " + finding.path_text;
  for (const std::string& cell : finding.cells) {
    text += (&cell == &finding.cells.front() ? ": " : ", ") + cell;
  }
  return text;
}

Texts told(const Input& input) {
  Texts texts;
  const SubstrateParity parity(input);
  for (const Finding& finding : parity.findings()) {
    CHECK(finding.rule == "parity/substrate");
    CHECK(finding.category == Category::parity);
    CHECK(finding.severity == Severity::warning);
    CHECK(finding.component == "(cluster)");
    texts.push_back(text_of(finding));
  }
  std::ranges::sort(texts);
  return texts;
}

Texts told(const Fleet& fleet) {
  return told(input_of(fleet));
}

std::string storage_class(const std::string& name,
                          const std::string& more = "",
                          bool is_default = false) {
  return "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: " + name +
         ", uid: u-" + name + ", annotations: {storageclass.kubernetes.io/is-default-class: \"" +
         (is_default ? "true" : "false") +
         "\", example.com/mark: of nobody}}\nprovisioner: disks.example.com\n" + more;
}

std::string webhook(const std::string& name,
                    const std::string& more,
                    const std::string& authority) {
  return "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n"
         "metadata: {name: " +
         name + ", generation: 7}\nwebhooks:\n- name: " + name +
         ".example.com\n  clientConfig: {url: 'https://hooks.example.com', caBundle: " + authority +
         "}\n  " + more + "\n";
}

std::string definition(const std::string& size, const std::string& description = "a widget") {
  return R"(
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com, annotations: {controller-gen.kubebuilder.io/version: v0.14.0}}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets, shortNames: [w]}
  conversion: {strategy: Webhook, webhook: {clientConfig: {caBundle: abc, service: {name: w, namespace: w}}}}
  versions:
  - name: v1
    served: true
    storage: true
    additionalPrinterColumns: [{name: Size, type: string, jsonPath: .spec.size}]
    schema:
      openAPIV3Schema:
        type: object
        description: )" +
         description + R"(
        properties:
          spec: {type: object, properties: {description: {type: string}, size: )" +
         size + R"(}}
status: {acceptedNames: {kind: Widget}}
)";
}

TEST_CASE("cells that stand on the same differ in nothing") {
  const Substrate same = substrate({storage_class("fast"),
                                    webhook("inject", "failurePolicy: Fail", "YWE="),
                                    definition("{type: integer}")});
  CHECK(told({{"cell-a", same}, {"cell-b", same}, {"cell-c", same}}).empty());
}

TEST_CASE("an object in some cells alone is told once, with its cells") {
  const Substrate with = substrate({storage_class("fast")});
  const Substrate without = substrate({});
  CHECK(told({{"cell-a", with}, {"cell-b", without}, {"cell-c", with}}) ==
        Texts{"StorageClass fast: cell-b"});
  const Input input = input_of({{"cell-a", with}, {"cell-b", without}, {"cell-c", without}});
  const SubstrateParity parity(input);
  REQUIRE(parity.findings().size() == 1);
  const Finding& finding = parity.findings().front();
  CHECK(finding.message ==
        "StorageClass fast is in cell-a and not in cell-b, cell-c; no Application wants it");
  CHECK(finding.cells == Texts{"cell-a"});
  CHECK(finding.object.kind == "StorageClass");
  CHECK(finding.values.front().value.is_null());
}

TEST_CASE("fields that differ are told by path") {
  struct Case {
    std::string_view name;
    std::string a;
    std::string b;
    Texts told;  // of two cells
  };
  const Case cases[] = {
      {"parameters",
       storage_class("fast", "parameters: {type: gp3}"),
       storage_class("fast", "parameters: {type: gp2}"),
       {"StorageClass fast parameters.type: cell-a"}},
      {"the cells' own names are taken out",
       storage_class("fast", "parameters: {key: alias/cell-a}"),
       storage_class("fast", "parameters: {key: alias/cell-b}"),
       {}},
      {"what is drawn at random",
       storage_class("fast", "parameters: {key: 6fa459ea-ee8a-3ca4-894e-db77e160355e}"),
       storage_class("fast", "parameters: {key: 16fd2706-8baf-433b-82eb-8c7fada847da}"),
       {}},
      {"certificates",
       webhook("inject", "failurePolicy: Fail", "YWE="),
       webhook("inject", "failurePolicy: Fail", "YmI="),
       {}},
      {"webhooks, by name",
       webhook("inject", "failurePolicy: Fail", "YWE="),
       webhook("inject", "failurePolicy: Ignore", "YWE="),
       {"MutatingWebhookConfiguration inject webhooks[name=inject.example.com].failurePolicy: "
        "cell-b"}},
      {"quantities are equal by meaning",
       "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\nspec: {hard: "
       "{cpu: '1'}}\n",
       "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\nspec: {hard: "
       "{cpu: 1000m}}\nstatus: {used: {cpu: '1'}}\n",
       {}},
      {"quotas",
       "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\nspec: {hard: "
       "{cpu: '1'}}\n",
       "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\nspec: {hard: "
       "{cpu: '2'}}\n",
       {"ResourceQuota shop/q spec.hard.cpu: cell-b"}},
      {"what only people read of a definition",
       definition("{type: integer}"),
       definition("{type: integer, description: how large}", "another text"),
       {}},
      {"types of a definition",
       definition("{type: integer}"),
       definition("{type: integer, default: 3}"),
       {"CustomResourceDefinition widgets.example.com "
        "spec.versions[name=v1].schema.openAPIV3Schema.properties.spec.properties.size.default: "
        "cell-b"}},
      {"rules of Kyverno, by name",
       "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: "
       "r, validate: {message: a}}]}\n",
       "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: "
       "r, validate: {message: b}}]}\nstatus: {ready: true}\n",
       {"ClusterPolicy p spec.rules[name=r].validate.message: cell-b"}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(told({{"cell-a", substrate({each.a})}, {"cell-b", substrate({each.b})}}) == each.told);
  }
}

TEST_CASE("who made an object, and who wrote what is out of line, is said where that is known") {
  Fleet fleet{{"cell-a", substrate({storage_class("fast", "parameters: {type: gp2}")})},
              {"cell-b", substrate({storage_class("fast", "parameters: {type: gp3}")})},
              {"cell-c", substrate({})}};
  const Value metadata =
      yaml::parse(
          "managedFields: [{manager: kubectl-edit, operation: Update, apiVersion: "
          "storage.k8s.io/v1, fieldsType: FieldsV1, fieldsV1: {'f:parameters': {'f:type': {}}}}]")
          .value;
  const compare::Owner helm{.manager = "helm",
                            .operation = "Update",
                            .subresource = "",
                            .time = {},
                            .kind = compare::ManagerClass::deploy_tool};
  for (auto& [name, of_cell] : fleet) {
    for (Substrate::Part& part : of_cell.parts) {
      part.written = metadata;
      part.maker = helm;
    }
  }
  const Input input = input_of(fleet);
  const SubstrateParity parity(input);
  REQUIRE(parity.findings().size() == 2);
  CHECK(parity.findings()[0].reason == "helm made it");
  CHECK(parity.findings()[1].reason == "kubectl-edit wrote it");
  CHECK(parity.findings()[1].changed_by->manager == "kubectl-edit");
}

TEST_CASE("what only newer versions of Kubernetes put there is a note") {
  const std::string driver =
      "apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: disks}\nspec: "
      "{attachRequired: true";
  const std::string hook =
      "{name: a.example.com, clientConfig: {url: 'https://a'}, sideEffects: None, "
      "admissionReviewVersions: [v1]";
  const std::string config =
      "apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n"
      "metadata: {name: a}\nwebhooks: [" +
      hook;
  struct Case {
    std::string_view name;
    std::string old;
    std::string young;
    Severity severity;
  };
  const Case cases[] = {
      {"a default", driver + "}\n", driver + ", storageCapacity: false}\n", Severity::note},
      {"another value",
       driver + ", storageCapacity: true}\n",
       driver + ", storageCapacity: false}\n",
       Severity::warning},
      {"no default", driver + "}\n", driver + ", storageCapacity: true}\n", Severity::warning},
      {"an item", config + "}]\n", config + "}, {name: b.example.com}]\n", Severity::warning},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    Input input =
        input_of({{"cell-a", substrate({each.old})}, {"cell-b", substrate({each.young})}});
    input.cells[0].kubernetes_version = "v1.33.4";
    const SubstrateParity parity(input);
    REQUIRE(parity.findings().size() == 1);
    CHECK(parity.findings()[0].severity == each.severity);
    const bool is_said = parity.findings()[0].reason ==
                         "a default of Kubernetes, which is 1.33 and 1.35 in these cells";
    CHECK(is_said == (each.severity == Severity::note));
  }
}

TEST_CASE("an object that differs in many places is told once") {
  const auto with = [](const std::string& value) {
    std::string parameters;
    for (const char name : std::string("abcdefgh")) {
      parameters += std::string(parameters.empty() ? "" : ", ") + name + ": " + value;
    }
    return substrate({storage_class("fast", "parameters: {" + parameters + "}")});
  };
  const Input input =
      input_of({{"cell-a", with("x1")}, {"cell-b", with("x2")}, {"cell-c", with("x1")}});
  const SubstrateParity parity(input);
  REQUIRE(parity.findings().size() == 1);
  const Finding& finding = parity.findings().front();
  CHECK(finding.cells == Texts{"cell-b"});
  CHECK(finding.reason ==
        "it differs at parameters.a, parameters.b, parameters.c, parameters.d and 4 more places");
  CHECK(finding.values.size() == 2);
}

TEST_CASE("sizes that are another in each cell differ, texts that are each cell's own do not") {
  const auto with = [](const std::string& cell, int size) {
    return substrate({storage_class(
        "fast", "parameters: {iops: \"" + std::to_string(size) + "\", key: arn-of-" + cell + "}")});
  };
  CHECK(
      told(
          {{"blue", with("x-one", 1)}, {"green", with("y-two", 2)}, {"red", with("z-three", 3)}}) ==
      Texts{"StorageClass fast parameters.iops: green, red"});
}

TEST_CASE("the class that counts by default is told as such") {
  const Substrate gp2 = substrate({storage_class("gp2", "", true), storage_class("gp3")});
  const Substrate gp3 = substrate({storage_class("gp2"), storage_class("gp3", "", true)});
  CHECK(told({{"cell-a", gp3}, {"cell-b", gp2}, {"cell-c", gp3}}) ==
        Texts{"default StorageClass: cell-b"});
}

TEST_CASE("what Git has in a cell is left to drift and parity there") {
  const std::string fast = storage_class("fast", "parameters: {type: gp3}");
  const std::string slow = storage_class("fast", "parameters: {type: gp2}");
  const Substrate of_git = substrate({}, {fast});
  CHECK(told({{"cell-a", of_git}, {"cell-b", substrate({slow})}}).empty());
  CHECK(told({{"cell-a", of_git}, {"cell-b", substrate({})}}).empty());
  // The others are still compared.
  CHECK(told({{"cell-a", of_git}, {"cell-b", substrate({slow})}, {"cell-c", substrate({fast})}}) ==
        Texts{"StorageClass fast parameters.type: cell-c"});
  // Git wants it there, and it is missing: that is told.
  Substrate missing = substrate({});
  missing.gits.insert({"storage.k8s.io", "StorageClass", "", "fast"});
  CHECK(told({{"cell-a", missing}, {"cell-b", substrate({slow})}}).empty());
}

TEST_CASE("cells that could not be read are in no group") {
  const Substrate with = substrate({storage_class("fast")});
  Substrate unread = substrate({});
  unread.unread[{GroupKind{"storage.k8s.io", "StorageClass"}, ""}] = "403 Forbidden";
  Substrate unknown;
  const Input input =
      input_of({{"cell-a", with}, {"cell-b", unread}, {"cell-c", with}, {"cell-d", unknown}});
  CHECK(told(input).empty());
  const std::vector<Problem> problems = unread_substrate(input);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].cell == "cell-b");
  CHECK(problems[0].unknown == LeavesUnknown::no);
  CHECK(problems[0].message ==
        "not compared with other cells, for they could not be read: StorageClass (403 Forbidden)");
  CHECK(unread_substrate(input_of({{"cell-b", unread}})).empty());
}

TEST_CASE("a quota counts where Git has objects") {
  const std::string quota =
      "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: shop}\nspec: {hard: "
      "{cpu: '1'}}\n";
  Substrate elsewhere = substrate({});
  elsewhere.namespaces = {"other"};
  CHECK(told({{"cell-a", substrate({quota})}, {"cell-b", elsewhere}}).empty());
  CHECK(told({{"cell-a", substrate({quota})}, {"cell-b", substrate({})}}) ==
        Texts{"ResourceQuota shop/q: cell-a"});
}

TEST_CASE("nothing is said where there may be Applications that are not known") {
  Input input =
      input_of({{"cell-a", substrate({storage_class("fast")})}, {"cell-b", substrate({})}});
  input.unknown_applications = "an ApplicationSet could not be expanded";
  CHECK(told(input).empty());
}

Substrate serving(std::map<GroupKind, Texts> served) {
  Substrate result = substrate({});
  served[{"", "ConfigMap"}] = {"v1"};
  result.served = std::move(served);
  return result;
}

TEST_CASE("APIs that not all cells serve") {
  const GroupKind certificate{"cert-manager.io", "Certificate"};
  const GroupKind issuer{"cert-manager.io", "Issuer"};
  const Substrate all = serving({{certificate, {"v1"}}, {issuer, {"v1", "v1beta1"}}});
  const Substrate some = serving({{certificate, {"v1"}}, {issuer, {"v1"}}});
  SUBCASE("are told group by group") {
    const Input input = input_of({{"cell-a", all}, {"cell-b", some}, {"cell-c", serving({})}});
    const SubstrateParity parity(input);
    REQUIRE(parity.findings().size() == 1);
    CHECK(parity.findings()[0].subject == "APIs of cert-manager.io");
    CHECK(parity.findings()[0].values.size() == 3);
  }
  SUBCASE("are not those of the GitOps tool, which runs where it runs") {
    const Substrate hub = serving({{GroupKind{"argoproj.io", "AppProject"}, {"v1alpha1"}},
                                   {GroupKind{"source.toolkit.fluxcd.io", "Bucket"}, {"v1"}}});
    CHECK(told({{"cell-a", hub}, {"cell-b", serving({})}}).empty());
  }
  SUBCASE("are not where Git uses them: that is skew, or missing") {
    Fleet fleet{{"cell-a", all}, {"cell-b", some}};
    fleet["cell-b"].used = {issuer};
    CHECK(told(fleet).empty());
  }
  SUBCASE("are not where a cell could not tell") {
    Fleet fleet{{"cell-a", all}, {"cell-b", serving({})}};
    fleet["cell-b"].unread_groups["cert-manager.io"] = "no answer";
    CHECK(told(fleet).empty());
    fleet["cell-b"].served.clear();
    CHECK(told(fleet).empty());
  }
  SUBCASE("of Kubernetes come with its version") {
    const GroupKind claim{"resource.k8s.io", "ResourceClaim"};
    Input input = input_of({{"cell-a", serving({{claim, {"v1"}}})},
                            {"cell-b", serving({{claim, {"v1beta1"}}})},
                            {"cell-c", serving({{claim, {"v1"}}})}});
    CHECK(told(input) == Texts{"APIs of resource.k8s.io: cell-b"});
    input.cells[1].kubernetes_version = "v1.33.4";
    CHECK(told(input).empty());
    const auto findings = judge(input).findings;
    CHECK(findings.empty());
  }
}

TEST_CASE("objects of kinds that a cell does not serve are not missing there") {
  Substrate with = substrate(
      {"apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: []}\n"});
  const GroupKind policy{"kyverno.io", "ClusterPolicy"};
  with.served = {{GroupKind{"", "ConfigMap"}, {"v1"}}, {policy, {"v1"}}};
  CHECK(told({{"cell-a", with}, {"cell-b", serving({})}}) == Texts{"APIs of kyverno.io: cell-a"});
}

// ---- Causes

Finding parity_finding(const std::string& path, const std::string& reason) {
  Finding finding;
  finding.rule = "parity/field";
  finding.category = Category::parity;
  finding.object = {"example.com/v1", "Widget", "shop", "w"};
  finding.path_text = path;
  finding.cells = {"cell-b"};
  finding.values = {{.value = {}, .cells = {"cell-a", "cell-c"}},
                    {.value = Value::string("x"), .cells = {"cell-b"}}};
  finding.reason = reason;
  finding.message = path + " differs; " + reason;
  return finding;
}

TEST_CASE("what the substrate explains is said") {
  struct Case {
    std::string_view name;
    Texts objects;  // of cell-b
    Texts others;   // of the other cells
    Texts of_git;   // of cell-b
    Finding finding;
    std::string_view cause;
  };
  Finding pruned = parity_finding("spec.size", "");
  pruned.category = Category::drift;
  pruned.values.clear();
  const Case cases[] = {
      {"a webhook in one cell",
       {webhook("inject", "failurePolicy: Fail", "YWE=")},
       {},
       {},
       parity_finding("metadata.labels.x", "webhook inject.example.com is called for the object"),
       "MutatingWebhookConfiguration inject is in cell-b and not in cell-a, cell-c"},
      {"Git's own too",
       {},
       {},
       {webhook("inject", "failurePolicy: Fail", "YWE=")},
       parity_finding("metadata.labels.x", "webhook inject.example.com is called for the object"),
       "MutatingWebhookConfiguration inject is in cell-b"},
      {"another webhook has nothing to do with it",
       {webhook("inject", "failurePolicy: Fail", "YWE=")},
       {},
       {},
       parity_finding("metadata.labels.x", "webhook inject.example.com.au is called"),
       ""},
      {"a default class",
       {storage_class("gp2", "", true)},
       {storage_class("gp3", "", true)},
       {},
       parity_finding("spec.storageClassName", "the cell's own defaults choose it"),
       "the default StorageClass is gp3 in cell-a, cell-c, gp2 in cell-b"},
      {"another field",
       {storage_class("gp2", "", true)},
       {storage_class("gp3", "", true)},
       {},
       parity_finding("spec.volumeName", "x"),
       ""},
      {"a definition's default",
       {definition("{type: integer, default: 3}")},
       {definition("{type: integer}")},
       {},
       parity_finding("spec.size", "a default"),
       "properties.size.default of CustomResourceDefinition"},
      {"of drift, in that cell",
       {definition("{type: string}")},
       {definition("{type: integer}")},
       {},
       pruned,
       "properties.size.type of CustomResourceDefinition"},
      {"a definition that differs in another field",
       {definition("{type: integer, default: 3}")},
       {definition("{type: integer}")},
       {},
       parity_finding("spec.color", "a default"),
       ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    const Input input = input_of({{"cell-a", substrate(each.others)},
                                  {"cell-b", substrate(each.objects, each.of_git)},
                                  {"cell-c", substrate(each.others)}});
    std::vector<Finding> findings{each.finding};
    SubstrateParity(input).name_causes(findings);
    const bool is_told = findings[0].reason.find("likely because") != std::string::npos;
    CHECK(is_told == !each.cause.empty());
    CHECK(findings[0].reason.find(each.cause) != std::string::npos);
  }
}

TEST_CASE("cells that part in another way have another cause") {
  const Substrate with = substrate({webhook("inject", "failurePolicy: Fail", "YWE=")});
  const Input input = input_of({{"cell-a", with}, {"cell-b", with}, {"cell-c", substrate({})}});
  std::vector<Finding> findings{parity_finding("x", "webhook inject.example.com is called")};
  SubstrateParity(input).name_causes(findings);
  CHECK(findings[0].reason == "webhook inject.example.com is called");
}

// Every cell draws each object and field: what is told is exactly what is not the same in all.
TEST_CASE("random substrates differ just where they were drawn differently") {
  std::mt19937 random(23);
  const auto draw = [&](int below) { return int(random() % unsigned(below)); };
  for (int round = 0; round < 60; ++round) {
    const int cells = 2 + draw(5);
    Fleet fleet;
    std::map<std::string, std::set<std::string>> drawn;  // what is told where it has two
    for (int cell = 0; cell < cells; ++cell) {
      Texts objects;
      for (const std::string name : {"one", "two", "three"}) {
        const bool is_there = draw(6) != 0;
        const std::string value = draw(5) == 0 ? "9" : "1";
        drawn["StorageClass " + name].insert(is_there ? "there" : "");
        if (is_there) {
          objects.push_back(storage_class(name, "parameters: {size: \"" + value + "\"}"));
          drawn["StorageClass " + name + " parameters.size"].insert(value);
        }
      }
      fleet["cell-" + std::to_string(cell)] = substrate(objects);
    }
    std::set<std::string> expected;
    for (const auto& [what, values] : drawn) {
      if (values.size() > 1) {
        expected.insert(what);
      }
    }
    std::set<std::string> found;
    for (const std::string& text : told(fleet)) {
      CHECK(found.insert(text.substr(0, text.find(':'))).second);
    }
    CHECK(found == expected);
  }
}

TEST_CASE("the order of cells does not matter to the substrate") {
  Fleet fleet;
  for (int i = 0; i < 6; ++i) {
    fleet["cell-" + std::to_string(i)] = substrate(
        {storage_class("fast", "parameters: {n: \"" + std::to_string(i % 3) + "\"}", i % 2 == 0),
         definition("{type: integer, default: " + std::to_string(i % 2) + "}")});
  }
  Input input = input_of(fleet);
  const std::vector<Finding> first = judge(input).findings;
  CHECK(first.size() == 3);
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(input.known, random);
    std::ranges::shuffle(input.cells, random);
    const std::vector<Finding> again = judge(input).findings;
    REQUIRE(again.size() == first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      CHECK(again[i].message == first[i].message);
      CHECK(again[i].path == first[i].path);
      CHECK(again[i].fingerprint == first[i].fingerprint);
    }
  }
}

}  // namespace
}  // namespace celldrift::audit
