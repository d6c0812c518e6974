// What rules of ignoreDifferences hide of an object's differences.
#pragma once

#include "celldrift/compare/match.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// Moves the differences that rules hide from result.differences to result.accepted, each under the
// rule that hid it. As in Argo CD, what a rule names is taken from both sides, and what is left of
// them is compared again. Returns why it cannot be told what a rule hides; nothing when it can.
std::optional<std::string> hide_ignored(ObjectResult& result,
                                        const std::vector<IgnoreRule>& rules,
                                        std::string_view application,
                                        const Context& context);

}  // namespace celldrift::compare
