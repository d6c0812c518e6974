// Which of two amounts is less.
#pragma once

#include "celldrift/core/value.hpp"

namespace celldrift::audit {

// Quantities as Kubernetes writes them: 500m, 10Gi, 1e3, 5. False where one of them is none.
bool is_less_quantity(const Value& a, const Value& b);

}  // namespace celldrift::audit
