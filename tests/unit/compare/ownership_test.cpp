// Who wrote to an object, played out on a real API server with the real kubectl
// (testdata/ownership, recorded by tests/oracles/ownership/record), and what is drift then.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace celldrift;

namespace {

std::string written(const compare::Difference& difference) {
  std::string text =
      std::string(compare::describe(difference.change)) + " " + difference.path.text();
  if (difference.owner) {
    const std::string& subresource = difference.owner->subresource;
    text += " by " + difference.owner->manager + (subresource.empty() ? "" : "/" + subresource);
  }
  return text + " (" + std::string(compare::describe(difference.evidence)) + ")";
}

std::string found_in(const Value& recording, const kube::Schema& schema) {
  std::vector<std::string> texts;
  for (const auto& difference : compare::diff(
           *recording.find("desired"), *recording.find("live"), "app", {.schema = schema})) {
    texts.push_back(written(difference));
  }
  std::ranges::sort(texts);
  return join(texts, "\n");
}

// The types that a cell with that CustomResourceDefinition has.
kube::Schema schema_of(const Value* definition) {
  return definition == nullptr
             ? kube::Schema::builtin()
             : kube::Schema::of_cell({kube::parts_of_text(kube::definition_text(*definition))},
                                     "v1.35.1");
}

std::string expected_of(const Value& recording, std::string_view key) {
  std::vector<std::string> texts;
  for (const Value& line : recording.find(key)->items()) {
    texts.emplace_back(line.as_string());
  }
  std::ranges::sort(texts);
  return join(texts, "\n");
}

}  // namespace

TEST_CASE("who wrote what on a real API server decides what is drift") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CELLDRIFT_TESTDATA "/ownership")) {
    const Value recording = yaml::parse_json(read_file(entry.path().string())).value;
    CAPTURE(entry.path().filename().string());
    CAPTURE(std::string(recording.string_at({"name"})));
    const Value* definition = recording.find("definition");
    CHECK(found_in(recording, schema_of(definition)) == expected_of(recording, "expect"));
    const bool is_said =
        definition != nullptr && expected_of(recording, "withoutSchema") != "unsaid";
    if (is_said) {
      CHECK(found_in(recording, kube::Schema::builtin()) ==
            expected_of(recording, "withoutSchema"));
    }
    ++count;
  }
  CHECK(count >= 50);
}
