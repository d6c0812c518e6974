#include "celldrift/audit/parity.hpp"

#include "audit/parity/abstraction.hpp"
#include "audit/parity/labels.hpp"
#include "audit/parity/opaque.hpp"
#include "inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace celldrift::audit {
namespace {

using compare::Status;

// A Deployment that Git states as `desired`, and that is live with `more` (YAML of its spec) that
// Git does not state.
compare::ObjectResult deployed(const std::string& more, const std::string& annotations = "{}") {
  const std::string head =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, "
      "annotations: " +
      annotations + "}\n";
  return object(Status::equal,
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n"
                "spec: {paused: false}\n",
                head + "spec: {paused: false" + (more.empty() ? "" : ", " + more) + "}\n");
}

std::vector<std::string> told(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) {
    std::string text = std::string(describe(finding.severity)) + " " + finding.path_text + ":";
    for (const std::string& cell : finding.cells) {
      text += " " + cell;
    }
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST_CASE("what is a cell's own is taken out of texts where it stands as a word") {
  const Abstraction abstraction(
      {{{"cell", "cell-a"}, {"server", "https://a.example.com"}, {"region", "eu-1"}, {"size", "3"}},
       {{"cell", "cell-b"},
        {"server", "https://b.example.com"},
        {"region", "us-1"},
        {"size", "4"}}});
  struct Case {
    std::string_view text;
    std::string_view expected;
  };
  const Case cases[] = {
      {"cell-a", "{cell}"},
      {"https://api.cell-a.example.com/x", "https://api.{cell}.example.com/x"},
      {"https://a.example.com/login", "{server}/login"},
      // only as a word
      {"cell-ab", "cell-ab"},
      {"supercell-a", "supercell-a"},
      {"bucket_eu-1_logs", "bucket_{region}_logs"},
      // too short to say anything
      {"3", "3"},
      {"cell-b", "cell-b"},
      {"", ""},
  };
  for (const Case& each : cases) {
    CHECK(abstraction.text(0, each.text) == each.expected);
  }
  CHECK(abstraction.text(1, "cell-b in us-1") == "{cell} in {region}");
}

TEST_CASE("values that say how something is set are nobody's own") {
  for (const std::string_view value : {"true", "enabled", "12", "a", "8080", "Default", ""}) {
    CHECK_FALSE(is_telling("labels.x", value));
  }
  for (const std::string_view value : {"cell-1", "123456789012", "eu-west-1", "prod"}) {
    CHECK(is_telling("labels.x", value));
  }
  // A word that several cells share may be anybody's.
  const Abstraction tiers({{{"tier", "gold"}}, {{"tier", "gold"}}, {{"tier", "plain"}}});
  CHECK(tiers.text(0, "gold") == "gold");
}

TEST_CASE("parameters of one value count as one") {
  const Abstraction abstraction({{{"cell", "alpha"}, {"labels.name", "alpha"}},
                                 {{"cell", "beta"}, {"labels.name", "beta-2"}}});
  CHECK(abstraction.text(0, "x-alpha") == abstraction.text(1, "x-beta"));
  CHECK(abstraction.text(0, "x-alpha") == abstraction.text(1, "x-beta-2"));
}

TEST_CASE("values that are another in each cell by their nature") {
  struct Case {
    std::string_view text;
    std::string_view form;
  };
  const Case cases[] = {
      {"-----BEGIN CERTIFICATE-----\nMII", "certificate"},
      {"8f14e45fceea167a5a36dedd4bea2543", "hash"},
      {"6fa459ea-ee8a-3ca4-894e-db77e160355e", "id"},
      {"2026-03-01T09:30:00Z", "time"},
      {"TUlJRGF6Q0NBbE9nQXdJQkFnSVVKd1Bqb1hmQ2dYQXo=", "data"},
      {"registry.example.com/app:1.2", ""},
      {"a-long-name-of-some-service-in-some-namespace-or-other", ""},
      {"", ""},
  };
  for (const Case& each : cases) {
    CHECK(opaque_form(Value::string(each.text)) == each.form);
  }
}

TEST_CASE("a slip of a label") {
  struct Case {
    std::string_view a;
    std::string_view b;
    bool expected;
  };
  const Case cases[] = {{"production", "Production", true},
                        {"production", "prodcution", true},
                        {"platform_x", "platform-x", true},
                        {"prod", "prdo", true},
                        {"prod", "stage", false},
                        {"cell-1", "cell-2", false},
                        {"eu", "us", false},
                        {"same", "same", false}};
  for (const Case& each : cases) {
    CHECK(is_slip(each.a, each.b) == each.expected);
  }
}

TEST_CASE("cells that have the same differ in nothing") {
  const auto same = [](const std::string&) {
    return std::vector{deployed("progressDeadlineSeconds: 600")};
  };
  CHECK(parity(fleet({"cell-a", "cell-b", "cell-c"}, same)).empty());
}

TEST_CASE("what only a server writes is no difference") {
  const auto objects = [](const std::string& cell) {
    compare::ObjectResult result = deployed("progressDeadlineSeconds: 600");
    const Value metadata =
        yaml::parse("{name: web, namespace: shop, uid: " + cell + ", resourceVersion: '7" + cell +
                    "', generation: " + std::to_string(cell.back()) + "}")
            .value;
    result.live = result.live.with("metadata", metadata)
                      .with("status", yaml::parse("{replicas: " + cell + "}").value);
    return std::vector{result};
  };
  CHECK(parity(fleet({"cell-a", "cell-b"}, objects)).empty());
}

TEST_CASE("null is as good as nothing, in one cell or in more") {
  const auto objects = [](const std::string& cell) {
    return std::vector{
        deployed(cell == "cell-b" ? "strategy: null, more: {a: null, b: 1}" : "more: {b: 1}")};
  };
  CHECK(parity(fleet({"cell-a", "cell-b"}, objects)).empty());
  const auto lists = [](const std::string& cell) {
    return std::vector{
        deployed(cell == "cell-a" ? "more: [null, {a: null}]" : "more: [{a: null}, null]")};
  };
  (void)parity(fleet({"cell-a", "cell-b"}, lists));
}

TEST_CASE("another default in one cell is told once, with its cells") {
  const auto objects = [](const std::string& cell) {
    return std::vector{deployed(cell == "cell-c" ? "revisionHistoryLimit: 10" : "")};
  };
  Input input = fleet({"cell-a", "cell-b", "cell-c"}, objects);
  const std::vector<Finding> findings = parity(input);
  CHECK(told(findings) == Texts{"warning spec.revisionHistoryLimit: cell-c"});
  CHECK(findings[0].values.size() == 2);
  CHECK(findings[0].values[0].value.is_null());
  CHECK(findings[0].values[0].cells == Texts{"cell-a", "cell-b"});
  CHECK(findings[0].category == Category::parity);

  SUBCASE("which is Kubernetes' doing where its versions differ") {
    for (CellSummary& cell : input.cells) {
      cell.kubernetes_version = cell.name == "cell-c" ? "v1.35.1" : "v1.33.4";
    }
    const std::vector<Finding> by_version = parity(input);
    CHECK(told(by_version) == Texts{"note spec.revisionHistoryLimit: cell-c"});
    CHECK(by_version[0].reason.find("1.33 and 1.35") != std::string::npos);
  }
}

TEST_CASE("what Git declares differently is declared") {
  const auto objects = [](const std::string& cell) {
    return std::vector{equal(deployment("web", cell == "cell-b" ? "app:2" : "app:1"))};
  };
  CHECK(parity(fleet({"cell-a", "cell-b"}, objects)).empty());
}

TEST_CASE("drift is not told again, and the other cells are still compared") {
  const auto objects = [](const std::string& cell) {
    compare::ObjectResult result = deployed(cell == "cell-a"   ? "replicas: 5"
                                            : cell == "cell-b" ? "revisionHistoryLimit: 10"
                                                               : "");
    if (cell == "cell-a") {
      result.status = Status::drifted;
      result.differences = {replicas(compare::Change::added)};
    }
    return std::vector{result};
  };
  CHECK(told(parity(fleet({"cell-a", "cell-b", "cell-c"}, objects))) ==
        Texts{"warning spec.revisionHistoryLimit: cell-b"});
}

compare::Accepted by_right(std::string rule, std::string by, const Path& path) {
  compare::Accepted accepted{.kind = compare::Accepted::Kind::by_right,
                             .difference = {},
                             .rule = std::move(rule),
                             .by = std::move(by),
                             .reason = "it is called for the object",
                             .mark = {}};
  accepted.difference.path = path;
  return accepted;
}

TEST_CASE("what a webhook adds in one cell alone is found, what autoscalers set is not") {
  const Path label = Path() / "metadata" / "annotations" / "sidecar";
  const Path number = Path() / "spec" / "replicas";
  const auto objects = [&](const std::string& cell) {
    const bool is_a = cell == "cell-a";
    compare::ObjectResult result =
        deployed(is_a ? "replicas: 5" : "replicas: 7", is_a ? "{sidecar: injected}" : "{}");
    result.accepted = {by_right("hpa-replicas", "HorizontalPodAutoscaler shop/web", number)};
    if (is_a) {
      result.accepted.push_back(by_right("mutating-webhook", "webhook inject", label));
    }
    return std::vector{result};
  };
  const std::vector<Finding> findings = parity(fleet({"cell-a", "cell-b", "cell-c"}, objects));
  // cell-b and cell-c have no annotations at all: the structure is what differs.
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].cells == Texts{"cell-a"});
  CHECK(findings[0].severity == Severity::warning);
  CHECK(findings[0].reason.find("webhook inject") != std::string::npos);
}

TEST_CASE("what ignoreDifferences hides and differs is a note, but for what is another by nature") {
  const Path number = Path() / "spec" / "replicas";
  const auto hidden = [&](const std::string& by) {
    return [=](const std::string& cell) {
      compare::ObjectResult result = deployed(cell == "cell-a" ? "replicas: 5" : "replicas: 7");
      compare::Accepted accepted =
          by_right("jsonPointers /spec/replicas", "the Application", number);
      accepted.kind = compare::Accepted::Kind::ignored;
      accepted.also_by = by;
      result.accepted = {accepted};
      return std::vector{result};
    };
  };
  CHECK(told(parity(fleet({"cell-a", "cell-b"}, hidden("")))) ==
        Texts{"note spec.replicas: cell-b"});
  CHECK(parity(fleet({"cell-a", "cell-b"}, hidden("HorizontalPodAutoscaler shop/web"))).empty());
}

Expected expects(const std::string& cell, const std::string& component) {
  return {.cell = cell,
          .application = cell + "-" + component,
          .component = component,
          .ns = "shop",
          .application_set = component,
          .is_selected = true,
          .parameters = {}};
}

KnownCell known(const std::string& name, std::map<std::string, std::string> labels) {
  KnownCell cell;
  cell.name = name;
  cell.labels = std::move(labels);
  cell.read = {{GroupKind{"", "ConfigMap"}, std::nullopt}};
  return cell;
}

Input with_labels(std::map<std::string, std::string> of_c) {
  Input input;
  for (const std::string name : {"cell-a", "cell-b", "cell-c"}) {
    input.cells.push_back(cell(name));
    input.expected.push_back(expects(name, "platform"));
    if (name != "cell-c") {
      input.expected.push_back(expects(name, "backend"));
    }
  }
  input.known = {known("cell-a", {{"env", "production"}, {"id", "one"}}),
                 known("cell-b", {{"env", "production"}, {"id", "two"}}),
                 known("cell-c", std::move(of_c))};
  return input;
}

TEST_CASE("an Application that a mislabelled cell lacks") {
  struct Case {
    std::map<std::string, std::string> labels;
    std::size_t findings;
    std::string_view reason;
  };
  const Case cases[] = {
      {{{"env", "Production"}}, 1, "says \"Production\" in the label env, theirs \"production\""},
      {{{"env", "prodction"}}, 1, "says \"prodction\""},
      {{{"id", "three"}}, 1, "no label env"},
      {{{"enb", "production"}}, 0, ""},  // three letters are too few to tell a slip from a name
      {{{"env", "staging"}}, 0, ""},     // Git plainly says so
  };
  for (const Case& each : cases) {
    const std::vector<Finding> findings = parity(with_labels(each.labels));
    if (each.labels.contains("enb")) {
      REQUIRE(findings.size() == 1);
      CHECK(findings[0].reason.find("no label env") != std::string::npos);
      continue;
    }
    REQUIRE(findings.size() == each.findings);
    if (each.findings != 0) {
      CHECK(findings[0].rule == "parity/application");
      CHECK(findings[0].severity == Severity::warning);
      CHECK(findings[0].cells == Texts{"cell-c"});
      CHECK(findings[0].reason.find(each.reason) != std::string::npos);
    }
  }
}

TEST_CASE("where a wrong label is to be mended is said") {
  Input input = with_labels({{"id", "three"}});
  CHECK(parity(input)[0].reason ==
        "its cluster Secret has no label env (theirs say \"production\")");
  input.known[2].labelled_by = "its entry in celldrift.yaml";
  CHECK(parity(input)[0].reason ==
        "its entry in celldrift.yaml has no label env (theirs say \"production\")");
}

TEST_CASE("a cell that runs nothing at all is held against all cells") {
  const auto without_platform = [](Input input) {
    std::erase_if(input.expected, [](const Expected& each) { return each.cell == "cell-c"; });
    return input;
  };
  const std::vector<Finding> slip = parity(without_platform(with_labels({{"env", "Production"}})));
  REQUIRE(slip.size() == 2);
  CHECK(slip[0].component == "backend");
  CHECK(slip[1].component == "platform");
  CHECK(parity(without_platform(with_labels({{"env", "staging"}}))).empty());
  Input hub = without_platform(with_labels({}));
  hub.known[2].is_hub = true;
  CHECK(parity(hub).empty());
}

TEST_CASE("nothing is said of Applications that may not be all") {
  Input input = with_labels({});
  input.unknown_applications = "an ApplicationSet could not be expanded";
  CHECK(parity(input).empty());
}

TEST_CASE("an object that is nobody's in one cell alone") {
  Input input = with_labels({{"env", "staging"}});
  const compare::Owner person{.manager = "kubectl-create",
                              .operation = "Update",
                              .subresource = "",
                              .time = {},
                              .kind = compare::ManagerClass::person};
  input.known[1].loose = {{.object = {"v1", "ConfigMap", "shop", "hand-made"}, .maker = person}};
  SUBCASE("is found") {
    const std::vector<Finding> findings = parity(input);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "parity/object");
    CHECK(findings[0].cells == Texts{"cell-b"});
    CHECK(
        findings[0].message ==
        "ConfigMap shop/hand-made is in cell-b and not in cell-a, cell-c; no Application wants it");
  }
  SUBCASE("is not where others could not be read") {
    input.known[0].read.clear();
    input.known[2].read.clear();
    CHECK(parity(input).empty());
  }
  SUBCASE("is not where all have it") {
    input.known[0].loose = input.known[1].loose;
    input.known[2].loose = input.known[1].loose;
    CHECK(parity(input).empty());
  }
}

TEST_CASE("the order of cells and Applications does not matter") {
  const auto objects = [](const std::string& cell) {
    return std::vector{deployed("revisionHistoryLimit: " + std::to_string(cell.back() % 3))};
  };
  Input input = fleet({"cell-a", "cell-b", "cell-c", "cell-d", "cell-e"}, objects);
  const std::vector<Finding> first = judge(input).findings;
  std::mt19937 random(7);
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(input.applications, random);
    std::ranges::shuffle(input.cells, random);
    const std::vector<Finding> again = judge(input).findings;
    REQUIRE(again.size() == first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
      CHECK(again[i].message == first[i].message);
      CHECK(again[i].fingerprint == first[i].fingerprint);
    }
  }
}

TEST_CASE("two cells are compared with what is declared and drift told apart") {
  const auto objects = [](const std::string& cell) {
    const bool is_a = cell == "cell-a";
    compare::ObjectResult plain = deployed(is_a ? "revisionHistoryLimit: 10" : "");
    compare::ObjectResult image = equal(deployment("api", is_a ? "app:1" : "app:2"));
    compare::ObjectResult hand = equal(deployment("hand", "app:1"));
    if (!is_a) {
      hand.status = Status::drifted;
      hand.live =
          hand.live.with("spec", hand.live.find("spec")->with("replicas", Value::integer(5)));
      hand.differences = {replicas(compare::Change::added)};
    }
    return std::vector{plain, image, hand};
  };
  const CellDiff diff =
      diff_cells(fleet({"cell-a", "cell-b"}, objects), "cell-a", "cell-b", Values::abstract);
  Texts found;
  for (const CellDifference& difference : diff.differences) {
    found.push_back(std::string(describe(difference.nature)) + " " + difference.subject + " " +
                    difference.path_text);
  }
  CHECK(found == Texts{"declared Deployment shop/api spec.template.spec.containers[name=app].image",
                       "drift Deployment shop/hand spec.replicas",
                       "undeclared Deployment shop/web spec.revisionHistoryLimit"});
  CHECK(diff.objects == 3);
  CHECK_THROWS_AS(diff_cells(fleet({"cell-a"}, objects), "cell-a", "nowhere", Values::abstract),
                  Error);
}

}  // namespace
}  // namespace celldrift::audit
