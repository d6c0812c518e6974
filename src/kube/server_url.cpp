#include "kube/server_url.hpp"

#include "celldrift/http/address.hpp"

#include <algorithm>

namespace celldrift::kube {

void normalise_server(Connection& connection) {
  std::string& server = connection.server;
  if (server.find("://") == std::string::npos) {
    const bool tls = !connection.ca_pem.empty() || !connection.client_cert_pem.empty() ||
                     connection.insecure_skip_tls_verify;
    server = (tls ? "https://" : "http://") + server;
  }
  const std::size_t begin = server.find("://") + 3;
  const std::size_t end = std::min(server.find('/', begin), server.size());
  const std::size_t at = server.substr(0, end).rfind('@');
  if (at != std::string::npos && at >= begin) {
    const std::string user = server.substr(begin, at - begin);
    const std::size_t colon = std::min(user.find(':'), user.size());
    if (connection.username.empty() && connection.token.empty() && connection.token_file.empty()) {
      connection.username = user.substr(0, colon);
      connection.password = colon < user.size() ? user.substr(colon + 1) : "";
    }
    server.erase(begin, at + 1 - begin);
  }
  http::parse_address(server);
}

}  // namespace celldrift::kube
