// What of a Connection is about reaching the server, and for whom: all but the credentials.
#pragma once

#include "celldrift/http/client.hpp"
#include "celldrift/kube/connection.hpp"

namespace celldrift::kube {

http::Endpoint endpoint_of(const Connection& connection);

}  // namespace celldrift::kube
