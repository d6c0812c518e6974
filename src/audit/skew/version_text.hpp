// A version's text taken apart.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace celldrift::audit {

struct VersionText {
  std::string_view repository;         // of an image; "" for a bare version
  std::vector<std::uint64_t> numbers;  // of a date what follows the day: a time, a serial number
  std::optional<std::chrono::sys_days> day;
  std::string_view suffix;  // "-rc1", "+build"
};

// "registry/app:v1.2.3-rc1", "1.9+k3s1", "release-1.4", "2026-01-15", "20260115-3f2c1ab",
// "RELEASE.2024-01-16T16-07-38Z". Nothing for what has no order: "latest", "pr-12", hashes, and
// numbers so long that they may be hashes.
std::optional<VersionText> read_version(std::string_view text);

}  // namespace celldrift::audit
