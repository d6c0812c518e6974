// Cells that are alike share one list of objects: what is worked out once for all of them must be
// what each would get by itself.
#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/versions.hpp"
#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;
using Texts = std::vector<std::string>;

std::string in_namespace(std::string text, std::string_view ns) {
  return text.replace(text.find("shop"), 4, ns);
}

ObjectResult drifted_to(std::string_view wanted, std::string_view live) {
  ObjectResult result = object(Status::drifted, deployment("web", wanted), deployment("web", live));
  result.differences = {replicas(compare::Change::modified)};
  return result;
}

// Lists that cells may have; several have objects that are named after one cell's Application.
std::vector<ObjectResult> list_of(int kind) {
  switch (kind) {
    case 0:
      return {equal(deployment("web", "app:1")), equal(deployment("api", "app:1"))};
    case 1:
      return {equal(deployment("web", "app:2")), equal(deployment("api", "app:1"))};
    case 2:
      return {equal(deployment("cell-b-backend-web", "app:1")), equal(deployment("api", "app:1"))};
    case 3:
      return {equal(in_namespace(deployment("web", "app:1"), "red")),
              equal(in_namespace(deployment("web", "app:2"), "cell-c-backend"))};
    case 4:
      return {drifted_to("app:1", "app:3"), equal(deployment("api", "app:1"))};
    default:
      return {
          equal("apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {helm.sh/chart: "
                "shop-1." +
                std::to_string(kind) + ".0}}\nspec: {containers: [{name: a, image: b:1}]}")};
  }
}

constexpr int kinds = 6;

struct Choice {
  std::string cell;
  std::string component;
  std::string name;
  int kind = 0;
  std::string revision;
  bool runs = false;
};

std::vector<Choice> choose(std::mt19937& random) {
  const auto pick = [&](int count) { return int(random() % unsigned(count)); };
  const int favourite = pick(kinds);
  std::vector<Choice> choices;
  for (const std::string cell : {"cell-a", "cell-b", "cell-c", "cell-d"}) {
    for (const std::string component : {"backend", "frontend"}) {
      const int copies = pick(8) == 0 ? 2 : 1;
      for (int copy = 0; copy < copies; ++copy) {
        choices.push_back({.cell = cell,
                           .component = component,
                           .name = pick(6) == 0 ? component : cell + "-" + component,
                           .kind = pick(3) == 0 ? pick(kinds) : favourite,
                           .revision = pick(5) == 0 ? "v2" : "v1",
                           .runs = pick(3) == 0});
      }
    }
  }
  return choices;
}

enum class Lists { own, shared };

Input input_of(const std::vector<Choice>& choices, Lists lists) {
  std::map<int, compare::ObjectResults> known;
  Input input;
  for (const Choice& choice : choices) {
    if (input.cells.empty() || input.cells.back().name != choice.cell) {
      input.cells.push_back(cell(choice.cell));
    }
    ComparedApplication one{.cell = choice.cell,
                            .application = choice.name,
                            .component = choice.component,
                            .objects = list_of(choice.kind)};
    if (lists == Lists::shared) {
      one.objects = known.try_emplace(choice.kind, one.objects).first->second;
    }
    one.revisions = {{.source = "", .revision = choice.revision, .mark = {}}};
    if (choice.runs) {
      const RunningContainer container{
          .name = "app",
          .image = "app:1",
          .images = {{.image = "app:1", .digest = "sha256:" + choice.cell, .pods = 1}}};
      one.running[one.objects.front().key] = {.pods = 1, .stopped = "", .containers = {container}};
    }
    input.applications.push_back(std::move(one));
  }
  return input;
}

std::string text_of(const std::vector<ValueGroup>& groups) {
  std::string text;
  for (const ValueGroup& group : groups) {
    text += group.value.is_string() ? std::string(group.value.as_string()) : "?";
    text += group.declared ? " as Git wants in" : " in";
    for (const std::string& cell : group.cells) {
      text += " " + cell;
    }
    text += "; ";
  }
  return text;
}

Texts told(const Report& report) {
  Texts texts;
  for (const Finding& finding : report.findings) {
    texts.push_back(finding.fingerprint + finding.message + " " + finding.application + " " +
                    finding.object.ns + "/" + finding.object.name + text_of(finding.values));
  }
  for (const VersionRow& row : report.versions) {
    std::string text = row.component + " " + row.what + " " + text_of(row.values);
    for (const std::string& subject : row.subjects) {
      text += subject + ", ";
    }
    texts.push_back(text);
  }
  for (const CellSummary& one : report.cells) {
    texts.push_back(one.name + std::to_string(one.applications) +
                    std::to_string(one.objects.at(Status::equal)));
  }
  return texts;
}

TEST_CASE("nothing that is told hangs on whether cells share lists of objects") {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    const std::vector<Choice> choices = choose(random);
    CHECK(told(judge(input_of(choices, Lists::shared))) ==
          told(judge(input_of(choices, Lists::own))));
  }
}

TEST_CASE("what cells have alike is one fact that all of them bear") {
  const compare::ObjectResults objects(std::vector{equal(deployment("web", "app:1"))});
  std::vector<ComparedApplication> applications;
  for (const std::string cell : {"cell-b", "cell-a"}) {
    applications.push_back({.cell = cell,
                            .application = cell + "-backend",
                            .component = "backend",
                            .objects = objects});
  }
  const std::vector<Fact> facts = version_facts(applications);
  REQUIRE(facts.size() == 1);
  REQUIRE(facts[0].bearers->size() == 2);
  CHECK(facts[0].bearers->front().cell == "cell-a");
  CHECK(facts[0].bearers->back().application == "cell-b-backend");
}

}  // namespace
}  // namespace celldrift::audit
