// A server's URL, taken apart.
#pragma once

#include "celldrift/kube/connection.hpp"

#include <string>
#include <string_view>

namespace celldrift::kube {

struct Address {
  std::string scheme;  // "http" or "https"
  std::string host;    // without brackets
  std::string port;    // never empty
  std::string prefix;  // "" or "/k8s/clusters/c-1", without a final slash

  // "host:port", an IPv6 host in brackets.
  std::string authority() const;
  bool is_loopback() const;
};

// Throws Error(config) for anything but http://host[:port][/prefix] and https://….
Address parse_address(std::string_view server);

std::string bracketed(std::string_view host);

// Brings `server` into its full form: as client-go, no scheme means https when there is anything
// about TLS in the connection and http otherwise; "user:password@" becomes username and password,
// so that `server` may be shown.
void normalise_server(Connection& connection);

}  // namespace celldrift::kube
