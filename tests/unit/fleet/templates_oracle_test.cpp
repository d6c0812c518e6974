// What Go's text/template, sprig and Argo CD's functions make of the cases in testdata/gotemplate,
// recorded by tests/oracles/gotemplate/record: outputs and error texts, byte for byte (but for what
// is wrong with a YAML text).
//
// CELLDRIFT_TEMPLATES=<file name> replays one file of them.
#include "celldrift/yaml/yaml.hpp"
#include "oracles/gotemplate/celldrift/answer.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace celldrift;

namespace {

std::vector<std::filesystem::path> recorded_files() {
  const char* only = std::getenv("CELLDRIFT_TEMPLATES");
  std::vector<std::filesystem::path> files;
  const std::string folder = std::string(CELLDRIFT_TESTDATA) + "/gotemplate";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jsonl" && (only == nullptr || entry.path().stem() == only)) {
      files.push_back(entry.path());
    }
  }
  return files;
}

}  // namespace

TEST_CASE("templates give what Go's give, errors included") {
  std::size_t count = 0;
  for (const std::filesystem::path& file : recorded_files()) {
    const std::string text = read_file(file.string());
    for (const std::string_view line : split(text, '\n')) {
      const Value example = line.empty() ? Value() : yaml::parse_json(line).value;
      const Value* want = example.find("answer");
      if (want != nullptr) {
        ++count;
        const Value have = oracle::answer(example);
        CHECK_MESSAGE(oracle::comparable(have) == oracle::comparable(*want),
                      file.stem().string() << " " << line << "\n  have " << yaml::emit_json(have));
      }
    }
  }
  CHECK((count > 8000 || std::getenv("CELLDRIFT_TEMPLATES") != nullptr));
}
