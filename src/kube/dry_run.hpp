// What a dry run sends, and what its answer means. No network here.
#pragma once

#include "celldrift/kube/dry_run.hpp"

#include <string>

namespace celldrift::kube {

// The path with the query, which always says that nothing may be stored.
std::string dry_run_path(const DryRunTarget& target);

// The object without what only the server writes: it refuses some of it.
Value without_server_fields(const Value& object);

// What an answer means; throws the Error that a failure is. `is_secret`: nothing that the server
// says about values is quoted.
DryRunAnswer read_dry_run(const http::Answer& answer, bool is_secret);

}  // namespace celldrift::kube
