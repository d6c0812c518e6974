#include "kube/in_cluster.hpp"

#include "celldrift/core/environment.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/kube/kubeconfig.hpp"
#include "kube/server_url.hpp"

#include <filesystem>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_bytes = 4u << 20;

std::string read_if_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) ? read_file(path, max_bytes) : "";
}

}  // namespace

std::optional<Connection> service_account_connection(const PodPlaces& places) {
  const std::string token = places.directory + "/token";
  std::error_code ignored;
  if (places.host.empty() || places.port.empty() || !std::filesystem::exists(token, ignored)) {
    return std::nullopt;
  }
  Connection connection;
  connection.name = "in-cluster";
  connection.server = "https://" + http::bracketed(places.host) + ":" + places.port;
  connection.token_file = token;  // the kubelet replaces it every hour
  connection.ca_pem = read_if_there(places.directory + "/ca.crt");
  connection.ns = trim(read_if_there(places.directory + "/namespace"));
  normalise_server(connection);
  return connection;
}

std::optional<Connection> in_cluster_connection() {
  return service_account_connection({.host = environment("KUBERNETES_SERVICE_HOST"),
                                     .port = environment("KUBERNETES_SERVICE_PORT"),
                                     .directory = "/var/run/secrets/kubernetes.io/serviceaccount"});
}

}  // namespace celldrift::kube
