// How far apart two versions are.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace celldrift::audit {

// Of major, minor and patch the first that differs, and by how much; all zero where they differ in
// something else (a pre-release). Nothing where they cannot be ordered, or the first is not the
// older one.
using VersionGap = std::array<std::uint64_t, 3>;
std::optional<VersionGap> gap_between(std::string_view older, std::string_view newer);

}  // namespace celldrift::audit
