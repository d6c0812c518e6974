// The service account of a pod, its places given so that they can be anywhere.
#pragma once

#include "celldrift/kube/connection.hpp"

#include <optional>
#include <string>

namespace celldrift::kube {

struct PodPlaces {
  std::string host;       // $KUBERNETES_SERVICE_HOST
  std::string port;       // $KUBERNETES_SERVICE_PORT
  std::string directory;  // of token, ca.crt and namespace
};

std::optional<Connection> service_account_connection(const PodPlaces& places);

}  // namespace celldrift::kube
