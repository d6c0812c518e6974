#include "kube/address.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  // The URL itself is left out: what is wrong with it may be a password.
  throw Error(ErrorCode::config, "the server's URL " + why + "; it must be like https://host:6443");
}

bool plain(std::string_view text) {
  return std::all_of(
      text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

// "host:port", "host", "[v6]:port" or "[v6]".
void split_authority(std::string_view authority, Address& address) {
  const bool v6 = !authority.empty() && authority.front() == '[';
  const std::size_t close = v6 ? authority.find(']') : 0;
  if (close == std::string_view::npos) {
    refuse("has a \"[\" without \"]\"");
  }
  const std::size_t colon = authority.find(':', close);
  address.host = v6 ? authority.substr(1, close - 1) : authority.substr(0, colon);
  if (colon != std::string_view::npos) {
    address.port = authority.substr(colon + 1);
  }
  const auto is_digit = [](unsigned char c) { return c >= '0' && c <= '9'; };
  if (address.host.empty()) {
    refuse("has no host");
  }
  if (address.port.size() > 5 || !std::all_of(address.port.begin(), address.port.end(), is_digit)) {
    refuse("has a port that is not a number");
  }
}

}  // namespace

std::string bracketed(std::string_view host) {
  const bool v6 = host.find(':') != std::string_view::npos;
  return v6 ? "[" + std::string(host) + "]" : std::string(host);
}

std::string Address::authority() const {
  return bracketed(host) + ":" + port;
}

bool Address::is_loopback() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Address parse_address(std::string_view server) {
  Address address;
  const std::size_t mark = server.find("://");
  if (mark == std::string_view::npos || !plain(server)) {
    refuse(mark == std::string_view::npos ? "has no scheme" : "has blanks or control characters");
  }
  address.scheme = lower(server.substr(0, mark));
  if (address.scheme != "http" && address.scheme != "https") {
    refuse("begins with neither http:// nor https://");
  }
  std::string_view rest = server.substr(mark + 3);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  split_authority(rest.substr(0, slash), address);
  rest.remove_prefix(slash);
  while (rest.ends_with('/')) {
    rest.remove_suffix(1);
  }
  address.prefix = rest;
  if (address.port.empty()) {
    address.port = address.scheme == "https" ? "443" : "80";
  }
  return address;
}

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
  parse_address(server);
}

}  // namespace celldrift::kube
