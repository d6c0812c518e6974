// What the audit keeps of a cell, to hold it against others when all are read.
#pragma once

#include "celldrift/audit/known.hpp"
#include "cli/desired.hpp"
#include "cli/orphans.hpp"

namespace celldrift::cli {

// `compared`: the cell's Applications with what is extra in them already. Of a cell in which an
// Application could not be rendered nobody knows what is nobody's: it counts as unread.
audit::KnownCell known_cell(std::span<const OrphanWatch> watches,
                            const OrphanQuestion& question,
                            const compare::Context& context,
                            const std::vector<audit::ComparedApplication>& compared);

// All Applications, rendered or not.
std::vector<audit::Expected> expected_applications(const DesiredFleet& desired,
                                                   const std::vector<fleet::Cell>& cells);

}  // namespace celldrift::cli
