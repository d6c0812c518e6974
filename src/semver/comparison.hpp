#pragma once

#include "celldrift/semver/semver.hpp"
#include "semver/scan.hpp"

#include <string_view>

namespace celldrift::semver {

// A comparison as it is written: "~> 1.2.x".
struct Written {
  Comparison::Operator op = Comparison::Operator::equal;
  Scanned version;
};

// Takes one comparison, blanks before it included, off the front of `text`. Nothing when there is
// none.
std::optional<Written> take_written(std::string_view& text);
// Throws Error(config) when its version is none.
Comparison read(const Written& written);

enum class AllowPrereleases { no, yes };
bool holds(const Comparison& comparison, const Version& version, AllowPrereleases allow);

}  // namespace celldrift::semver
