// Who wrote what of an object that cells stand on.
#pragma once

#include "celldrift/audit/substrate.hpp"

#include <optional>
#include <string>

namespace celldrift::audit {

// Who wrote what one cell has at a place and another has not, or has otherwise; nothing where there
// is no record, or where nobody did.
std::optional<compare::Owner> writer_of(const Substrate::Part& odd,
                                        const Substrate::Part& usual,
                                        const std::string& place);

// True when the API server put what is at the place, of its own accord.
bool is_by_default(const Substrate::Part& with,
                   const Substrate::Part& without,
                   const std::string& place);

}  // namespace celldrift::audit
