// Kubernetes quantities ("500m", "1Gi", "1e3"), compared by what they mean.
#pragma once

#include <string_view>

namespace celldrift::compare {

// What the API server rounds an amount up to when it keeps it: resource.Quantity has nano-units,
// and amounts of resources (requests, limits, capacities) are rounded up to milli-units on top.
// What it keeps as text it does not round.
enum class Rounding { none, nano, milli };

// True when both are quantities of the same amount. Texts that are no quantities are equal only to
// themselves. `stored` is what the API server kept of `stated`.
bool same_quantity(std::string_view stated, std::string_view stored, Rounding rounding);

}  // namespace celldrift::compare
