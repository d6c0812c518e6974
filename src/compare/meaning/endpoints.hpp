// Endpoints: the API server repacks subsets, so that neither their number nor any order in them
// means anything.
#pragma once

#include "celldrift/kube/defaults.hpp"

namespace celldrift::compare {

// True for the field `subsets` of an Endpoints.
bool is_endpoint_subsets(const kube::Place& place);

// True when both lists of subsets have the same addresses, ready or not, behind the same ports.
bool same_endpoints(const Value& want, const Value& have);

}  // namespace celldrift::compare
