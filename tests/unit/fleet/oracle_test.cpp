// Recorded answers of Argo CD's own code; tests/conformance/applicationset/record makes them.
#include "unit/fleet/oracle_case.hpp"
#include "unit/fleet/oracle_errors.hpp"

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

// In the order of names, then of content: Argo CD's own order of clusters and merges is random.
std::vector<std::string> as_texts(const std::vector<Value>& objects) {
  std::vector<std::string> texts;
  for (const Value& object : objects) {
    texts.push_back(std::string(object.string_at({"metadata", "name"})) + "\n" +
                    yaml::canonical_json(object));
  }
  std::ranges::sort(texts);
  return texts;
}

void check_error(const OracleCase& one, const std::string& theirs, const std::string& set_text) {
  try {
    const auto made = generated_applications(one.set(), one.fleet(), one.inputs());
    FAIL_CHECK("Argo CD refuses this set: " << theirs);
  } catch (const Error& error) {
    CAPTURE(std::string(error.what()));
    CAPTURE(theirs);
    const bool is_random = std::getenv("CELLDRIFT_APPLICATIONSETS") != nullptr;
    CHECK((is_random ? "" : disagreement(error, theirs, set_text)) == "");
  }
}

void replay(const fs::path& folder) {
  const OracleCase one(folder, recorded);
  if (fs::exists(folder / "expected.error")) {
    return check_error(one,
                       read_file((folder / "expected.error").string()),
                       read_file((folder / "applicationset.yaml").string()));
  }
  std::vector<Value> made;
  try {
    made = generated_applications(one.set(), one.fleet(), one.inputs());
  } catch (const Error& error) {
    FAIL_CHECK(std::string(error.what()));
    return;
  }
  const std::string expected = read_file((folder / "expected.yaml").string());
  const std::vector<std::string> ours = as_texts(made);
  const std::vector<std::string> theirs = as_texts(yaml::parse_stream(expected).documents);
  CHECK(ours.size() == theirs.size());
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
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
