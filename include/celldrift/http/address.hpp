// A server's URL, taken apart, and what must be quoted to go into one.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::http {

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

// What `location` (of a redirect, or of a link to the next page) asks of `origin`'s server: path
// and query. "" when it leads to another scheme, host or port, where no credentials may go, or
// nowhere.
std::string target_at(const Address& origin, std::string_view location);

// Percent-encoding of all but letters, digits and "-._~": fit for a path's segment and a query
// alike.
std::string url_encoded(std::string_view text);
// The same with other characters than "-._~" kept beside letters and digits.
std::string url_encoded(std::string_view text, std::string_view kept);

}  // namespace celldrift::http
