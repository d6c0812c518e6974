// The `config` of an Argo CD cluster Secret: how to reach the cluster, with which credentials.
#pragma once

#include "celldrift/fleet/cell.hpp"

#include <string>
#include <string_view>

namespace celldrift::fleet {

// Throws Error(config) for JSON that is not what Argo CD takes; its messages never quote the JSON.
// What celldrift cannot do (awsAuthConfig, running the command of execProviderConfig) is
// Unreachable.
Access access_of_config(const std::string& name, const std::string& server, std::string_view json);

}  // namespace celldrift::fleet
