// The `config` of an Argo CD cluster Secret: how to reach the cluster, with which credentials.
#pragma once

#include "celldrift/fleet/cell.hpp"

#include <string>
#include <string_view>

namespace celldrift::fleet {

// How to reach a cluster: with awsAuthConfig, else execProviderConfig, else what is stated plainly,
// as Argo CD 3.5 takes them. Throws Error(config) for JSON that is not what Argo CD takes; its
// messages never quote the JSON. Where `sign_in` does not allow a way in, the cluster is
// Unreachable.
Access access_of_config(const std::string& name,
                        const std::string& server,
                        std::string_view json,
                        SignIn sign_in);

// The cluster that Argo CD runs in, reached as `hub`, with what its Secret states laid over it: a
// token or a password, a proxy. (Argo CD 3.5, Cluster.RawRestConfig)
kube::Connection hub_with_config(kube::Connection hub, std::string_view json);

}  // namespace celldrift::fleet
