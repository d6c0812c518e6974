// Getting credentials that a connection does not state: from AWS, or from an exec plugin.
#pragma once

#include "kube/exec_plugin.hpp"

namespace celldrift::kube {

// True when the connection has such a way, and needs it: client-go asks no plugin for what is
// stated already.
bool must_sign_in(const Connection& connection);

// May take the plugin's or the service's whole time limit. Throws what they throw.
ExecCredential sign_in(const Connection& connection, const std::atomic<bool>& cancelled);

}  // namespace celldrift::kube
