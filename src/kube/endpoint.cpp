#include "kube/endpoint.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/address.hpp"

namespace celldrift::kube {
namespace {

// As client-go: what cannot be in a header's name is written %2F.
std::string escaped_key(std::string_view key) {
  constexpr std::string_view allowed = "!#$&'*+-.^_`|~";
  return http::url_encoded(key, allowed);
}

std::vector<http::Header> impersonation(const Connection& connection) {
  std::vector<http::Header> headers;
  if (!connection.impersonate_user.empty()) {
    headers.push_back({"Impersonate-User", connection.impersonate_user});
  }
  if (!connection.impersonate_uid.empty()) {
    headers.push_back({"Impersonate-Uid", connection.impersonate_uid});
  }
  for (const std::string& group : connection.impersonate_groups) {
    headers.push_back({"Impersonate-Group", group});
  }
  for (const auto& [key, values] : connection.impersonate_extra) {
    for (const std::string& value : values) {
      headers.push_back({"Impersonate-Extra-" + escaped_key(key), value});
    }
  }
  return headers;
}

}  // namespace

http::Endpoint endpoint_of(const Connection& connection) {
  return {.url = connection.server,
          .tls_server_name = connection.tls_server_name,
          .ca_pem = connection.ca_pem,
          .insecure_skip_tls_verify = connection.insecure_skip_tls_verify,
          .proxy_url = connection.proxy_url,
          .disable_compression = connection.disable_compression,
          .headers = impersonation(connection)};
}

}  // namespace celldrift::kube
