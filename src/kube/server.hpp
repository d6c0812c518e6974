// One API server as the event loop sees it: where requests go and what goes with each.
#pragma once

#include "celldrift/kube/connection.hpp"
#include "kube/address.hpp"
#include "kube/credentials.hpp"

#include <string>
#include <vector>

namespace celldrift::kube {

struct Server {
  explicit Server(Connection from);

  Connection connection;
  Address address;
  Credentials credentials;

  // What curl asks for: the host is the name that the certificate is checked against.
  std::string url_base;
  // CURLOPT_CONNECT_TO, where that name is not the host to connect to; "" otherwise.
  std::string connect_to;
  std::vector<std::string> headers;  // the same for each request: Host, Impersonate-…
  std::string ca_file;  // where the connection brings no authorities of its own; "" for none found

  // "GET https://host:6443/api/v1/pods": for messages, without the query.
  std::string describe(const std::string& path) const;
};

// The file of certificate authorities that this machine trusts: $SSL_CERT_FILE, else where
// distributions keep it.
std::string system_authorities();

}  // namespace celldrift::kube
