// The URL of an API server, as kubeconfigs write it.
#pragma once

#include "celldrift/kube/connection.hpp"

namespace celldrift::kube {

// Brings `server` into its full form: as client-go, no scheme means https when there is anything
// about TLS in the connection and http otherwise; "user:password@" becomes username and password,
// so that `server` may be shown.
void normalise_server(Connection& connection);

}  // namespace celldrift::kube
