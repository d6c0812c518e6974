// Whether the cells' Kubernetes versions tell why they differ.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::audit {

// "v1.35.1" -> "1.35"; "" for what is none.
std::string minor_of(std::string_view version);

// Of minors, each with the number of a group of equal values: "1.33 and 1.35" where no two cells of
// one minor have different values; "" where others are to blame.
std::string telling_minors(const std::vector<std::pair<std::string, std::size_t>>& groups);

}  // namespace celldrift::audit
