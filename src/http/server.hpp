// One server as the event loop sees it: where requests go and what goes with each.
#pragma once

#include "celldrift/http/address.hpp"
#include "celldrift/http/client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace celldrift::http {

struct Server {
  Server(Endpoint from, std::unique_ptr<Credentials> with);

  Endpoint endpoint;
  Address address;
  std::unique_ptr<Credentials> credentials;

  // What curl asks for, up to the path: the host is the name that the certificate is checked
  // against.
  std::string origin;
  // CURLOPT_CONNECT_TO, where that name is not the host to connect to; "" otherwise.
  std::string connect_to;
  std::vector<std::string> headers;  // the same for each request
  std::string ca_file;  // where the endpoint brings no authorities of its own; "" for none found

  // "GET https://host:6443/api/v1/pods": for messages, without the query.
  std::string describe(Method method, const std::string& path) const;
};

// "name: value". Throws Error(config) for what could end the line and add headers of its own.
std::string header_line(const Header& header);

// The file of certificate authorities that this machine trusts: $SSL_CERT_FILE, else where
// distributions keep it.
std::string system_authorities();

}  // namespace celldrift::http
