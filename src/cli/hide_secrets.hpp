// Both sides of a cell without what is secret.
#pragma once

#include "celldrift/observe/sensitive.hpp"
#include "cli/cell_reader.hpp"
#include "cli/placed.hpp"

#include <optional>
#include <vector>

namespace celldrift::cli {

// Hides in what Git states and in what was read what is sensitive, and every copy of a value of a
// Secret of either side. A problem when a snapshot hides what it has under a key that is not here.
std::optional<Problem> hide_secrets(std::vector<Placed>& placed,
                                    CellState& cell,
                                    const observe::Sensitive& sensitive);

}  // namespace celldrift::cli
