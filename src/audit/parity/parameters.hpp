// Where a cell's own parameters come from.
#pragma once

#include "audit/parity/abstraction.hpp"
#include "celldrift/audit/audit.hpp"

namespace celldrift::audit {

// The cell's name, server, labels and annotations.
Parameters parameters_of(const CellSummary& summary, const KnownCell* known);

// Those, the Application's name and namespace, and what its generator gave it.
Parameters parameters_of(const CellSummary& summary,
                         const KnownCell* known,
                         const Expected& application);

}  // namespace celldrift::audit
