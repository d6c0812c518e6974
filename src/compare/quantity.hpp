// Kubernetes quantities ("500m", "1Gi", "1e3"), compared by what they mean.
#pragma once

#include <string_view>

namespace celldrift::compare {

// True when both are quantities of the same amount. Texts that are no quantities are equal only to
// themselves. The API server rounds amounts up to nano-units (resource.Quantity), and `stored` is
// what it kept of `stated`.
bool same_quantity(std::string_view stated, std::string_view stored);

}  // namespace celldrift::compare
