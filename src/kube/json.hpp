// The JSON of an API server's answers.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/kube/api.hpp"

#include <string>

namespace celldrift::kube {

// Parses a response; Error(server) that names `what` when it is not JSON, Error(limit) when it is
// past all bounds.
Value parse_body(const Response& response, const std::string& what);

}  // namespace celldrift::kube
