// Where a dry run and comparing part.
#include "celldrift/compare/match.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;
using namespace celldrift::compare;

namespace {

Value deployment(const std::string& spec) {
  return yaml::parse("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: " + spec)
      .value;
}

// "would_change spec.replicas" and so on.
std::string told(const std::string& desired,
                 const std::string& applied,
                 const std::string& live,
                 std::vector<Difference> differences = {}) {
  ObjectResult compared;
  compared.key = {"apps", "Deployment", "", "web"};
  compared.desired = deployment(desired);
  compared.live = deployment(live);
  compared.differences = std::move(differences);
  std::string text;
  for (const Disagreement& one :
       second_opinion(compared, deployment(applied), kube::Schema::builtin())) {
    text += one.kind == Disagreement::Kind::would_change ? "change " : "stay ";
    text += one.path.text() + "\n";
  }
  return text;
}

Difference difference(Change change) {
  return {.path = Path() / "spec" / "replicas", .change = change};
}

}  // namespace

TEST_CASE("only paths that Git states count") {
  struct Case {
    const char* name;
    const char* desired;
    const char* applied;
    const char* live;
    const char* told;
  };
  const Case cases[] = {
      {"agreement", "{replicas: 1}", "{replicas: 1}", "{replicas: 1}", ""},
      {"a change", "{replicas: 1}", "{replicas: 2}", "{replicas: 1}", "change spec.replicas\n"},
      {"not stated", "{}", "{replicas: 2}", "{replicas: 1}", ""},
      {"stated null", "{replicas: null}", "{replicas: 2}", "{replicas: 1}", ""},
      {"nothing there", "{paused: false}", "{replicas: 1}", "{replicas: 1}", ""},
      {"would appear", "{paused: true}", "{paused: true}", "{}", "change spec.paused\n"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    CHECK(told(each.desired, each.applied, each.live) == each.told);
  }
}

TEST_CASE("list items are matched by their keys") {
  const std::string a = "{name: a, image: \"x:1\"}";
  const std::string b = "{name: b, image: \"x:1\"}";
  const std::string changed = "{name: b, image: \"x:2\"}";
  const auto containers = [](const std::string& items) {
    return "{template: {spec: {containers: [" + items + "]}}}";
  };
  CHECK(told(containers(a + ", " + b), containers(b + ", " + a), containers(a + ", " + b)).empty());
  CHECK(told(containers(b), containers(a + ", " + changed), containers(a + ", " + b)) ==
        "change spec.template.spec.containers[name=b].image\n");
}

TEST_CASE("what comparing found too is no disagreement") {
  CHECK(told("{replicas: 1}", "{replicas: 1}", "{replicas: 2}", {difference(Change::modified)})
            .empty());
  CHECK(told("{replicas: 1}", "{replicas: 2}", "{replicas: 2}", {difference(Change::modified)}) ==
        "stay spec.replicas\n");
  CHECK(told("{}", "{replicas: 2}", "{replicas: 2}", {difference(Change::added)}).empty());
}
