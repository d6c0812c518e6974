#include "celldrift/report/explanation.hpp"

#include <doctest/doctest.h>

namespace celldrift::report {
namespace {

audit::Finding finding() {
  audit::Finding one{.fingerprint = "0123456789abcdef",
                     .rule = "drift/modified",
                     .category = audit::Category::drift,
                     .cells = {"cell-a"},
                     .component = "backend",
                     .application = "cell-a-backend"};
  one.object = {.api_version = "apps/v1", .kind = "Deployment", .ns = "backend", .name = "web"};
  one.path = "/spec/replicas";
  one.path_text = "spec.replicas";
  one.change = compare::Change::modified;
  one.want = Value::integer(3);
  one.have = Value::integer(5);
  one.evidence = compare::Evidence::stated;
  one.message = "spec.replicas is 5; Git wants 3";
  return one;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST_CASE("what to do hangs on what was found") {
  audit::Finding one = finding();
  CHECK(remedies(one).front() ==
        "to have what Git wants: argocd app sync cell-a-backend --resource "
        "apps:Deployment:backend/web");
  one.change = compare::Change::added;
  CHECK(
      remedies(one).front() ==
      "to take it out (a sync leaves alone what Git does not state), in cell-a: kubectl -n backend "
      "patch deployment.apps/web --type=json -p "
      "'[{\"op\":\"remove\",\"path\":\"/spec/replicas\"}]'");
  one.category = audit::Category::extra;
  CHECK(remedies(one).front() ==
        "to remove it: argocd app sync cell-a-backend --resource apps:Deployment:backend/web "
        "--prune");
}

TEST_CASE("a hostile name does not get out of its quotes in a command") {
  audit::Finding one = finding();
  one.object.name = "x'; rm -rf /";
  CHECK(has(remedies(one).front(), R"('apps:Deployment:backend/x'\''; rm -rf /')"));
}

TEST_CASE("an explanation has the lines of Git, who owns the field and what is near") {
  Explanation explanation{.finding = finding()};
  explanation.finding.source = {.source = intern_source({.path = "a.yaml"}), .line = 9};
  explanation.finding.origin = {
      .commit = std::string(40, 'a'), .author = "Ann Lee", .time = Time{}, .subject = "Scale"};
  explanation.lines = {{8, "spec:", false}, {9, "  replicas: 3", false}, {10, "", true}};
  explanation.owners = {{.manager = "kubectl-edit",
                         .operation = "Update",
                         .subresource = "",
                         .kind = compare::ManagerClass::person}};
  explanation.related = {{"fedcba9876543210", "cell-b", "the same"}};
  const std::string text = explanation_text(explanation, {.now = Time{}});
  for (const char* part : {"want 3",
                           "have 5",
                           "> 9 |   replicas: 3",
                           "10 | (hidden: it has something secret)",
                           "Ann Lee",
                           "kubectl-edit (person), Update",
                           "fedcba9876543210 cell-b: the same"}) {
    CAPTURE(text);
    CHECK(has(text, part));
  }
  const std::string json = explanation_json(explanation);
  CHECK(has(json, "\"schema\": \"celldrift.explanation/v1\""));
  CHECK(has(json, "\"manager\": \"kubectl-edit\""));
}

TEST_CASE("a secret's hash is not shown to people") {
  Explanation explanation{.finding = finding()};
  explanation.finding.want = Value::string("hmac-sha256:0cd319e9ae73c4bd6252d513c910539b");
  const std::string text = explanation_text(explanation, {});
  CHECK(has(text, "want (secret value)"));
  CHECK_FALSE(has(text, "hmac"));
}

}  // namespace
}  // namespace celldrift::report
