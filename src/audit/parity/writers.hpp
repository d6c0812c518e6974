// Who writes a live field that Git does not have its say in, as far as that matters between cells.
#pragma once

#include "celldrift/compare/match.hpp"

#include <optional>
#include <string>

namespace celldrift::audit {

// True for what autoscalers and operators change by right, which is another value in each cell.
// What admission puts there is not: it is the same wherever the same admission is at work.
bool is_left_to_others(const compare::Accepted& accepted);

// "kyverno-policy changes it", "ignoreDifferences (...) keeps it from being drift": why it is none.
std::string accepted_text(const compare::Accepted& accepted);

// True for a part of Kubernetes that every cell has, and for nobody.
bool is_of_kubernetes(const std::optional<compare::Owner>& owner);

}  // namespace celldrift::audit
