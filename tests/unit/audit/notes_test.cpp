// Notes: differences that are no findings, told once for all objects and cells.
#include "celldrift/audit/audit.hpp"
#include "unit/audit/inputs.hpp"

#include <doctest/doctest.h>

namespace celldrift::audit {
namespace {

compare::ObjectResult accepted(std::string_view name, std::string rule, std::string by) {
  compare::ObjectResult result = equal(deployment(name, "app:1"));
  result.accepted.push_back({.kind = compare::Accepted::Kind::by_right,
                             .difference = replicas(compare::Change::modified),
                             .rule = std::move(rule),
                             .by = std::move(by),
                             .reason = "why",
                             .mark = {}});
  return result;
}

std::size_t notes_for(const std::string& one, const std::string& other) {
  Input input;
  input.cells = {cell("cell-a"), cell("cell-b")};
  input.applications = {application("cell-a", {accepted("a", "rule", one)}),
                        application("cell-b", {accepted("b", "rule", other)})};
  const Report report = judge(input);
  CHECK(report.summary.by_right == 2);
  CHECK(report.verdict == Verdict::clean);
  return report.by_right.size();
}

TEST_CASE("what each object has its own giver for is one note; two webhooks are two") {
  CHECK(notes_for("HorizontalPodAutoscaler shop/a", "HorizontalPodAutoscaler shop/b") == 1);
  CHECK(notes_for("HorizontalPodAutoscaler shop/a", "ScaledObject shop/a") == 2);
  CHECK(notes_for("webhook a.example.com", "webhook a.example.com") == 1);
  CHECK(notes_for("webhook a.example.com", "webhook b.example.com") == 2);
  CHECK(notes_for("Kyverno shop/labels", "Kyverno shop/limits") == 2);
  CHECK(notes_for("MutatingAdmissionPolicy a", "MutatingAdmissionPolicy b") == 2);
}

TEST_CASE("a note has its objects, each with its cells, and who may") {
  Input input;
  input.cells = {cell("cell-a"), cell("cell-b")};
  for (const std::string name : {"cell-b", "cell-a"}) {
    input.applications.push_back(
        application(name, {accepted("web", "hpa", "HorizontalPodAutoscaler shop/web")}));
  }
  const Report report = judge(input);
  REQUIRE(report.by_right.size() == 1);
  const AcceptedNote& note = report.by_right.front();
  CHECK(note.rule == "hpa");
  CHECK(note.by == std::vector<std::string>{"HorizontalPodAutoscaler shop/web"});
  CHECK(note.path_text == "spec.replicas");
  CHECK(note.reason == "why");
  CHECK(note.differences == 2);
  REQUIRE(note.places.size() == 1);
  CHECK(note.places.front().object.name == "web");
  CHECK(note.places.front().cells == std::vector<std::string>{"cell-a", "cell-b"});
}

}  // namespace
}  // namespace celldrift::audit
