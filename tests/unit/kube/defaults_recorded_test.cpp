// Recorded pairs of what was stated and what real API servers made of it, replayed against the
// table.
#include "defaults/replay.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace celldrift;
using namespace celldrift::kube;

TEST_CASE("every unstated live field is explained") {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(CELLDRIFT_TESTDATA "/defaults")) {
    if (file.path().extension() != ".json") {
      continue;
    }
    ++count;
    const auto recorded = yaml::parse_json(read_file(file.path().string())).value;
    const auto* live = recorded.find("live");
    CAPTURE(file.path().stem().string());
    REQUIRE(live != nullptr);
    for (const auto& text : unexplained(*recorded.find("stated"), *live)) {
      FAIL_CHECK(text);
    }
  }
  CHECK(count > 100);
}
