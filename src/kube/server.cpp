#include "kube/server.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace celldrift::kube {
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

std::string checked_header(std::string_view name, std::string_view value) {
  if (std::any_of(
          value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
    throw Error(ErrorCode::config, std::string(name) + " has control characters in it");
  }
  return std::string(name) + ": " + std::string(value);
}

// As client-go: what cannot be in a header's name is written %2F.
std::string escaped_key(std::string_view key) {
  constexpr std::string_view allowed = "!#$&'*+-.^_`|~";
  std::string text;
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if ((std::isalnum(byte) && byte < 0x80) || allowed.find(c) != std::string_view::npos) {
      text += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X", byte);
      text += code;
    }
  }
  return text;
}

std::vector<std::string> fixed_headers(const Connection& connection, const Address& address) {
  std::vector<std::string> headers;
  const auto add = [&](std::string_view name, std::string_view value) {
    headers.push_back(checked_header(name, value));
  };
  if (!connection.tls_server_name.empty()) {
    add("Host", address.authority());  // the URL has the certificate's name instead
  }
  if (!connection.impersonate_user.empty()) {
    add("Impersonate-User", connection.impersonate_user);
  }
  if (!connection.impersonate_uid.empty()) {
    add("Impersonate-Uid", connection.impersonate_uid);
  }
  for (const std::string& group : connection.impersonate_groups) {
    add("Impersonate-Group", group);
  }
  for (const auto& [key, values] : connection.impersonate_extra) {
    for (const std::string& value : values) {
      add("Impersonate-Extra-" + escaped_key(key), value);
    }
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

Server::Server(Connection from)
    : connection(std::move(from)),
      address(parse_address(connection.server)),
      credentials(connection) {
  const bool renamed = address.scheme == "https" && !connection.tls_server_name.empty();
  const std::string host = renamed ? connection.tls_server_name : address.host;
  url_base = address.scheme + "://" + bracketed(host) + ":" + address.port + address.prefix;
  if (renamed) {
    connect_to = bracketed(host) + ":" + address.port + ":" + address.authority();
  }
  headers = fixed_headers(connection, address);
  ca_file = connection.ca_pem.empty() ? system_authorities() : "";
}

std::string Server::describe(const std::string& path) const {
  return "GET " + printable(connection.server + path.substr(0, path.find('?')));
}

}  // namespace celldrift::kube
