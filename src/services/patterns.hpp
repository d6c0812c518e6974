// Regular expressions of filters.
#pragma once

#include "celldrift/regexp/regexp.hpp"
#include "services/fields.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::services {

// The pattern of a filter's field; nothing when it has none. Throws Error(config) with Argo CD's
// words for one that is none: `title` is its name for the field ("BranchMatch").
std::optional<regexp::Regexp> pattern_of(const Fields& filter,
                                         std::string_view field,
                                         std::string_view title);

// True when there is no pattern, or it matches somewhere in `text`.
bool passes(const std::optional<regexp::Regexp>& pattern, std::string_view text);

}  // namespace celldrift::services
