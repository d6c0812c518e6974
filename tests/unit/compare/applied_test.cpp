// Manifests of all built-in kinds as a real API server stored them (testdata/defaults, recorded by
// tools/schema/check-defaults): right after they were applied, nothing differs.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/observe/secrets.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace celldrift;

namespace {

std::vector<std::string> recorded() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(CELLDRIFT_TESTDATA "/defaults")) {
    if (entry.path().extension() == ".json") {
      paths.push_back(entry.path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

// One claim on next to nothing: as after managedFields were emptied and an apply started them
// again.
const Value& nobodys() {
  static const Value fields =
      yaml::parse(
          "[{manager: argocd-controller, operation: Apply, time: '2026-02-01T00:00:00Z', "
          "fieldsV1: {'f:metadata': {'f:labels': {'f:none': {}}}}}]")
          .value;
  return fields;
}

Value renamed(const Value& managed, std::string_view manager) {
  Value::List entries;
  for (const Value& entry : managed.items()) {
    entries.push_back(entry.with("manager", Value::string(manager)));
  }
  return Value::list(std::move(entries));
}

// managedFields after it was applied: "server" or "client" side, made by a "hand", or with them
// emptied, for good ("stripped") or with an apply afterwards ("restarted").
Value managed_after(const Value& recording, std::string_view way) {
  if (way == "stripped") {
    return Value::list({});
  }
  if (way == "restarted") {
    return nobodys();
  }
  return way == "hand" ? renamed(*recording.find({"managedFields", "client"}), "kubectl-create")
                       : *recording.find({"managedFields", way});
}

// Live as one way of applying left it. A client-side apply leaves what it stated in an annotation.
Value live_after(const Value& recording, std::string_view way) {
  Value live = *recording.find("live");
  Value metadata = live.find("metadata")->with("managedFields", managed_after(recording, way));
  if (way == "client") {
    const Value* annotations = metadata.find("annotations");
    metadata = metadata.with("annotations",
                             (annotations == nullptr ? Value() : *annotations)
                                 .with("kubectl.kubernetes.io/last-applied-configuration",
                                       Value::string(yaml::emit_json(*recording.find("stated")))));
  }
  return live.with("metadata", metadata);
}

std::string differences(const Value& recording, std::string_view way) {
  const auto key = observe::SecretKey::from_bytes(std::string(32, 'k'));
  const Value desired = observe::without_secrets(*recording.find("stated"), key);
  const Value live = observe::without_secrets(live_after(recording, way), key);
  std::string text;
  for (const compare::Difference& difference : compare::diff(desired, live)) {
    text += std::string(compare::describe(difference.change)) + " " + difference.path.text() + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("nothing differs right after it was applied, whoever is recorded as its owner") {
  REQUIRE(recorded().size() > 150);
  for (const std::string& path : recorded()) {
    const Value recording = yaml::parse_json(read_file(path)).value;
    for (const char* way : {"server", "client", "hand", "stripped", "restarted"}) {
      CAPTURE(path);
      CAPTURE(std::string(way));
      CHECK(differences(recording, way) == "");
    }
  }
}
