// Who wrote to an object, played out on a real API server with the real kubectl
// (testdata/ownership, recorded by tests/oracles/ownership/record), and what is drift then.

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/text.hpp"
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

std::string found_in(const Value& recording) {
  std::vector<std::string> texts;
  for (const auto& difference :
       compare::diff(*recording.find("desired"), *recording.find("live"), "app")) {
    texts.push_back(written(difference));
  }
  std::ranges::sort(texts);
  return join(texts, "\n");
}

std::string expected_of(const Value& recording) {
  std::vector<std::string> texts;
  for (const Value& line : recording.find("expect")->items()) {
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
    CHECK(found_in(recording) == expected_of(recording));
    ++count;
  }
  CHECK(count >= 50);
}
