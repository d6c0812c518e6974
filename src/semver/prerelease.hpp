#pragma once

#include <compare>
#include <string_view>

namespace celldrift::semver {

// The order of two pre-releases, part by part: numbers by value and before words, words by bytes, a
// missing part before any. An empty pre-release is before all others, so callers look for it first.
std::weak_ordering compare_prereleases(std::string_view a, std::string_view b);

}  // namespace celldrift::semver
