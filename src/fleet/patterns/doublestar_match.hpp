// One name of a path against one segment of a doublestar 4 pattern.
#pragma once

#include <string_view>

namespace celldrift::fleet {

// Throws Error(config) for what is_doublestar_pattern lets through and no match can be made of, but
// only where the match gets there, as doublestar does: "[a" of "[a/b]".
bool doublestar_segment_matches(std::string_view segment, std::string_view name);

}  // namespace celldrift::fleet
