// Overrides of sources, compared with what Argo CD's own code made of the same ones
// (testdata/overrides, recorded by tests/oracles/argocd/record).
#include "celldrift/fleet/overrides.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

namespace celldrift::fleet {
namespace {

// Nothing for an error.
std::optional<Value> overridden(const Value& question) {
  const std::string app(question.string_at({"appName"}));
  std::vector<Value> patches;
  try {
    for (const std::string& name : {std::string(".argocd-source.yaml"),
                                    app.empty() ? app : ".argocd-source-" + app + ".yaml"}) {
      if (const Value* text = question.find({"files", name})) {
        patches.push_back(yaml::parse(text->as_string()).value);
      }
    }
    return overridden_source(*question.find("source"), patches);
  } catch (const Error&) {
    return std::nullopt;
  }
}

void check_file(const std::string& path) {
  std::istringstream lines(read_file(path));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('{')) {
      continue;
    }
    CAPTURE(line);
    const Value question = yaml::parse_json(line).value;
    const Value* wanted = question.find({"answer", "source"});
    const std::optional<Value> made = overridden(question);
    REQUIRE(made.has_value() == (wanted != nullptr));
    if (made) {
      CHECK(yaml::canonical_json(*made) == yaml::canonical_json(*wanted));
    }
  }
}

}  // namespace

TEST_CASE("a source is overridden as Argo CD does it") {
  const char* folder = std::getenv("CELLDRIFT_OVERRIDES");
  for (const auto& entry : std::filesystem::directory_iterator(
           folder == nullptr ? CELLDRIFT_TESTDATA "/overrides" : folder)) {
    check_file(entry.path().string());
  }
}

TEST_CASE("an overridden value has the line of its override") {
  const SourceId file = intern_source({.path = "app/.argocd-source.yaml"});
  const Value source =
      yaml::parse("repoURL: r\npath: app\nhelm: {releaseName: a, values: b}").value;
  const Value patch = yaml::parse("helm:\n  values: c", {.source = file}).value;
  const Value made = overridden_source(source, std::vector{patch});
  CHECK(describe(made.find({"helm", "values"})->mark()) == "app/.argocd-source.yaml:2");
  CHECK_FALSE(made.find({"helm", "releaseName"})->mark().source == file);
}

}  // namespace celldrift::fleet
