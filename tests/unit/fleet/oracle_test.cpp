// Recorded answers of Argo CD's own code; tests/conformance/applicationset/record makes them.
#include "celldrift/core/text.hpp"
#include "fleet/generate.hpp"
#include "unit/fleet/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace celldrift::fleet::test {
namespace {

namespace fs = std::filesystem;
// The recorded cases, or others in the same layout (tests/conformance/applicationset/random makes
// some).
fs::path recorded_cases() {
  const char* other = std::getenv("CELLDRIFT_APPLICATIONSETS");
  return other != nullptr ? fs::path(other) : fs::path(CELLDRIFT_TESTDATA) / "applicationsets";
}
const fs::path recorded = recorded_cases();

// The oracle writes what is empty in metadata as {} or null.
Value without_empty_metadata(const Value& object) {
  Value metadata = Value::map({});
  for (const auto& [key, value] : object.find("metadata")->entries()) {
    const bool empty = value.is_null() || (value.is_string() && value.as_string().empty()) ||
                       (!value.is_scalar() && value.size() == 0);
    metadata = empty ? metadata : metadata.with(key.view(), value);
  }
  return object.with("metadata", metadata);
}

// In the order of names, then of content: Argo CD's own order of clusters is random.
std::vector<std::string> as_texts(const std::vector<Value>& objects) {
  std::vector<std::string> texts;
  for (const Value& object : objects) {
    texts.push_back(std::string(object.string_at({"metadata", "name"})) + "\n" +
                    yaml::canonical_json(without_empty_metadata(object)));
  }
  std::ranges::sort(texts);
  return texts;
}

std::vector<Value> generated_objects(const Generation& generation) {
  std::vector<Value> objects;
  for (const Generated& one : generation.applications) {
    objects.push_back(one.object);
  }
  return objects;
}

Fleet fleet_of(const fs::path& folder) {
  const fs::path own = folder / "secrets.yaml";
  const std::string text = read_file((fs::exists(own) ? own : recorded / "secrets.yaml").string());
  const SecretCells secrets = cells_from_secrets(yaml::parse_stream(text).documents, {});
  for (const Problem& problem : secrets.problems) {
    FAIL_CHECK(problem.message);
  }
  return Fleet(secrets.cells);
}

void replay(const fs::path& folder) {
  const Value set = yaml::parse(read_file((folder / "applicationset.yaml").string())).value;
  const Fleet fleet = fleet_of(folder);
  const Generation generation = generate(set, fleet);
  if (fs::exists(folder / "expected.error")) {
    CHECK_MESSAGE(!generation.errors.empty(), "Argo CD refuses this set");
    return;
  }
  for (const Error& error : generation.errors) {
    FAIL_CHECK(std::string(error.what()));
  }
  const std::string expected = read_file((folder / "expected.yaml").string());
  const std::vector<std::string> ours = as_texts(generated_objects(generation));
  const std::vector<std::string> theirs = as_texts(yaml::parse_stream(expected).documents);
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    CHECK(ours[i] == theirs[i]);
  }
}

TEST_CASE("generators and templates give what Argo CD gives") {
  std::size_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(recorded / "cases")) {
    CAPTURE(entry.path().filename().string());
    replay(entry.path());
    ++count;
  }
  CHECK(count > 0);
}

}  // namespace
}  // namespace celldrift::fleet::test
