// Folding: what has one cause is one, what has not is not, in whatever order it comes.
#include "celldrift/audit/audit.hpp"
#include "unit/report/fixture.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

namespace celldrift::audit {
namespace {

// How many findings each cause has, by its kind; findings alone are "alone".
std::multiset<std::string> causes_of(const Report& report) {
  std::multiset<std::string> result;
  for (const Cause& cause : report.causes) {
    result.insert(std::string(describe(cause.kind)) + " " + std::to_string(cause.findings.size()));
  }
  for (const Finding& finding : report.findings) {
    if (finding.cause.empty()) {
      result.insert("alone");
    }
  }
  return result;
}

using Causes = std::multiset<std::string>;

// One change of one object: "cell kind/name path have manager time", "-" for nothing.
struct Row {
  std::string cell;
  std::string object;
  std::string path;
  std::string have;
  std::string manager;
  std::string time;
  std::string reason = {};  // with one, who wrote it applies Git
};

constexpr std::string_view objects =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: n}\ndata: {x: \"1\", y: "
    "\"2\"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: n}\ndata: {x: "
    "\"3\"}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}\ndata: {}\n";

Value change_of(const Row& row) {
  Value change =
      Value().with("path", Value::list({Value::string("data"), Value::string(row.path)}));
  if (row.have != "-") {
    change = change.with("have", Value::string(row.have));
  }
  if (row.manager != "-") {
    Value by = Value().with("manager", Value::string(row.manager));
    by = row.time == "-" ? by : by.with("time", Value::string("2026-03-01T" + row.time + "Z"));
    change = change.with("by", by);
  }
  return row.reason.empty() ? change : change.with("reason", Value::string(row.reason));
}

Report report_of(const std::vector<Row>& rows) {
  std::map<std::string, ComparedApplication> cells;
  Input input;
  for (const Row& row : rows) {
    const auto [place, is_new] = cells.try_emplace(row.cell);
    ComparedApplication& application = place->second;
    if (is_new) {
      const SourceId source = intern_source({.path = "a.yaml", .blob = "", .commit = "c"});
      application = {
          .cell = row.cell, .application = row.cell + "-app", .component = "app", .objects = {}};
      for (const Value& object : yaml::parse_stream(objects, {.source = source}).documents) {
        application.objects.own().push_back(fixture::equal_object(object));
      }
      CellSummary summary;
      summary.name = row.cell;
      summary.reachable = true;
      summary.coverage = "complete";
      input.cells.push_back(summary);
    }
    fixture::add_difference(fixture::find(application, "ConfigMap/" + row.object), change_of(row));
  }
  for (auto& [cell, application] : cells) {
    input.applications.push_back(std::move(application));
  }
  return judge(std::move(input));
}

TEST_CASE("findings are folded by what they have in common, and by nothing else") {
  struct Case {
    std::string_view name;
    std::vector<Row> rows;
    Causes expected;
  };
  const Case cases[] = {
      {"one entry of managedFields of one object",
       {{"k", "a", "x", "9", "edit", "10:00:00"}, {"k", "a", "y", "9", "edit", "10:00:00"}},
       {"write 2"}},
      {"one rewriting of other values, for one reason",
       {{"k", "a", "x", "m1", "argocd-controller", "10:00:00", "a webhook"},
        {"l", "b", "x", "m3", "argocd-controller", "11:00:00", "a webhook"}},
       {"same-change 2"}},
      {"two rewritings for one reason",
       {{"k", "a", "x", "m1", "argocd-controller", "10:00:00", "a webhook"},
        {"l", "b", "x", "n3", "argocd-controller", "11:00:00", "a webhook"}},
       {"alone", "alone"}},
      {"two managers",
       {{"k", "a", "x", "9", "edit", "10:00:00"}, {"k", "a", "y", "9", "set", "10:00:00"}},
       {"alone", "alone"}},
      {"one command over objects of a cell",
       {{"k", "a", "x", "9", "helm", "10:00:00"}, {"k", "b", "new", "8", "helm", "10:00:01"}},
       {"write 2"}},
      {"different changes some seconds apart",
       {{"k", "a", "x", "9", "helm", "10:00:00"}, {"k", "b", "new", "8", "helm", "10:00:05"}},
       {"alone", "alone"}},
      {"different changes in two cells at once",
       {{"k", "a", "x", "9", "helm", "10:00:00"}, {"l", "b", "new", "8", "helm", "10:00:00"}},
       {"alone", "alone"}},
      {"the same change of objects and cells, each within a minute of the one before",
       {{"k", "a", "x", "9", "set", "10:00:00"},
        {"k", "b", "x", "9", "set", "10:00:50"},
        {"l", "a", "x", "9", "set", "10:01:40"}},
       {"write 3"}},
      {"the same change of other objects an hour later",
       {{"k", "a", "x", "9", "set", "10:00:00"}, {"k", "b", "x", "9", "set", "11:00:00"}},
       {"alone", "alone"}},
      {"the same change of the same object in another cell a day later",
       {{"k", "a", "x", "9", "set", "10:00:00"}, {"l", "a", "x", "9", "set", "20:00:00"}},
       {"same-change 2"}},
      {"another value",
       {{"k", "a", "x", "9", "set", "10:00:00"}, {"l", "a", "x", "8", "set", "20:00:00"}},
       {"alone", "alone"}},
      {"removed by nobody knows whom: one line of Git",
       {{"k", "a", "x", "-", "-", "-"}, {"l", "a", "x", "-", "-", "-"}},
       {"git-line 2"}},
      {"removed at two lines",
       {{"k", "a", "x", "-", "-", "-"}, {"k", "b", "x", "-", "-", "-"}},
       {"alone", "alone"}},
      {"the same thing added by nobody knows whom",
       {{"k", "a", "new", "1", "-", "-"}, {"l", "c", "new", "1", "-", "-"}},
       {"same-change 2"}},
      {"a writer without a time",
       {{"k", "a", "x", "9", "edit", "-"}, {"l", "a", "x", "9", "edit", "-"}},
       {"git-line 2"}},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    const Report report = report_of(test.rows);
    CHECK(causes_of(report) == test.expected);
    CHECK(report.summary.causes == test.expected.size());
    CHECK(report.findings.size() == test.rows.size());
  }
}

std::string summary_of(const Report& report) {
  std::string text;
  for (const Cause& cause : report.causes) {
    text +=
        cause.fingerprint + " " + std::string(describe(cause.kind)) + " " + cause.message + "\n";
    for (const std::string& finding : cause.findings) {
      text += "  " + finding + "\n";
    }
  }
  return text;
}

TEST_CASE("the order of Applications and objects does not matter to causes") {
  for (const std::string name : {"one-script", "lost", "drifted", "fifty-cells", "evidence"}) {
    const fixture::Fixture fixture = fixture::load(name);
    const std::string expected = summary_of(judge(fixture.input));
    std::mt19937 random(7);
    for (int i = 0; i < 5; ++i) {
      Input input = fixture::shuffled(fixture.input, random);
      CAPTURE(name);
      CHECK(summary_of(judge(std::move(input))) == expected);
    }
  }
}

TEST_CASE("a finding is in one cause at most, and fingerprints are distinct") {
  for (const std::string name : {"one-script", "lost", "fifty-cells", "evidence"}) {
    const Report report = judge(fixture::load(name).input);
    std::set<std::string> fingerprints;
    std::map<std::string, std::string> cause_of;
    for (const Cause& cause : report.causes) {
      CHECK(fingerprints.insert(cause.fingerprint).second);
      CHECK(cause.findings.size() > 1);
      for (const std::string& finding : cause.findings) {
        CHECK(cause_of.emplace(finding, cause.fingerprint).second);
      }
    }
    for (const Finding& finding : report.findings) {
      CHECK(cause_of[finding.fingerprint] == finding.cause);
    }
  }
}

}  // namespace
}  // namespace celldrift::audit
