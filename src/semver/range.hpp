#pragma once

#include <string>
#include <string_view>

namespace celldrift::semver {

// Writes each hyphen range "1.2 - 3" as ">= 1.2, <= 3 ".
std::string rewrite_ranges(std::string_view text);

}  // namespace celldrift::semver
