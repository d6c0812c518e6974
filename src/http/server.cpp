#include "http/server.hpp"

#include "celldrift/core/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace celldrift::http {
namespace {

// A static binary cannot know where the machine that it runs on keeps them.
constexpr const char* authority_files[] = {
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Alpine, distroless
    "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, RHEL 6
    "/etc/ssl/ca-bundle.pem",              // openSUSE
    "/etc/pki/tls/cacert.pem",             // OpenELEC
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL 7 and later
    "/etc/ssl/cert.pem",                                  // Alpine, macOS, BSDs
};

std::vector<std::string> fixed_headers(const Endpoint& endpoint, const Address& address) {
  std::vector<std::string> headers;
  if (!endpoint.tls_server_name.empty()) {
    // the URL has the certificate's name instead
    headers.push_back(header_line({"Host", address.authority()}));
  }
  for (const Header& header : endpoint.headers) {
    headers.push_back(header_line(header));
  }
  return headers;
}

}  // namespace

std::string system_authorities() {
  const char* named = std::getenv("SSL_CERT_FILE");
  if (named && *named) {
    return named;
  }
  for (const char* file : authority_files) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
      return file;
    }
  }
  return "";
}

std::string header_line(const Header& header) {
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (std::any_of(header.value.begin(), header.value.end(), control)) {
    throw Error(ErrorCode::config, header.name + " has control characters in it");
  }
  return header.name + ": " + header.value;
}

Server::Server(Endpoint from, std::unique_ptr<Credentials> with)
    : endpoint(std::move(from)),
      address(parse_address(endpoint.url)),
      credentials(std::move(with)) {
  const bool renamed = address.scheme == "https" && !endpoint.tls_server_name.empty();
  const std::string host = renamed ? endpoint.tls_server_name : address.host;
  origin = address.scheme + "://" + bracketed(host) + ":" + address.port;
  if (renamed) {
    connect_to = bracketed(host) + ":" + address.port + ":" + address.authority();
  }
  headers = fixed_headers(endpoint, address);
  ca_file = endpoint.ca_pem.empty() ? system_authorities() : "";
}

std::string Server::describe(Method method, const std::string& path) const {
  static constexpr std::string_view names[] = {"GET ", "POST ", "PATCH ", "PUT "};
  return std::string(names[std::size_t(method)]) +
         printable(endpoint.url + path.substr(0, path.find('?')));
}

}  // namespace celldrift::http
