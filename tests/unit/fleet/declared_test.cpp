#include "celldrift/git/tree.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

namespace celldrift::fleet::test {
namespace {

const std::string set_text =
    "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\n";
const std::string application_text =
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\n";

Declared find_in(std::map<std::string, std::string> files, std::string_view directory = "") {
  return find_declared(*git::memory_tree(std::move(files), std::string(40, 'a')), directory);
}

TEST_CASE("ApplicationSets and Applications are found wherever they lie") {
  const Declared found = find_in({
      {"a/set.yaml", "# first\n---\n" + set_text + "---\n" + application_text},
      {".hidden/b.yml", application_text},
      {"c.json", R"({"apiVersion":"argoproj.io/v1alpha1","kind":"ApplicationSet"})"},
      {"list.yaml",
       "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: argoproj.io/v1alpha1, kind: "
       "Application}\n"},
      {"notes.txt", set_text},
      {"other.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n"},
      {"link.yaml", "-> a/set.yaml"},
  });
  CHECK(found.application_sets.size() == 2);
  CHECK(found.applications.size() == 3);
  CHECK(found.problems.empty());
  CHECK(describe(found.application_sets[0].mark()) == "a/set.yaml:3");
}

TEST_CASE("only what lies under the directory is looked at") {
  const Declared found = find_in({{"a/set.yaml", set_text}, {"b/set.yaml", set_text}}, "b");
  REQUIRE(found.application_sets.size() == 1);
  CHECK(describe(found.application_sets[0].mark()) == "b/set.yaml:1");
}

TEST_CASE("what looks like an ApplicationSet and does not parse is a problem") {
  const Declared found = find_in({{"t.yaml", set_text + "spec:\n  x: {{ .Values.x }}: y\n"}});
  CHECK(found.application_sets.empty());
  REQUIRE(found.problems.size() == 1);
  CHECK(found.problems[0].message.find("is it a Helm template?") != std::string::npos);
  CHECK(found.problems[0].source.starts_with("t.yaml"));
  CHECK(found.problems[0].unknown == LeavesUnknown::yes);
}

TEST_CASE("a broken document spoils neither its neighbours nor what is none of ours") {
  const Declared found = find_in({
      {"a.yaml", set_text + "---\nx: [argoproj.io\n---\n" + application_text},
      {"values.yaml", "repo: argoproj.io\n{{ if .x }}\n"},
      {"broken.json", R"({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application")"},
  });
  CHECK(found.application_sets.size() == 1);
  CHECK(found.applications.size() == 1);
  CHECK(found.problems.size() == 1);
}

}  // namespace
}  // namespace celldrift::fleet::test
