#include "celldrift/http/address.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace celldrift::http {
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

std::string target_at(const Address& origin, std::string_view location) {
  if (location.starts_with('/') && !location.starts_with("//")) {
    return plain(location) ? std::string(location.substr(0, location.find('#'))) : "";
  }
  Address address;
  try {
    address = parse_address(location);
  } catch (const Error&) {
    return "";  // relative to the path that was asked for, or nonsense
  }
  if (address.scheme != origin.scheme || lower(address.host) != lower(origin.host) ||
      address.port != origin.port) {
    return "";
  }
  const std::string_view rest = location.substr(location.find("://") + 3);
  const std::string_view target = rest.substr(std::min(rest.find_first_of("/?#"), rest.size()));
  const std::string_view whole = target.substr(0, target.find('#'));
  return whole.starts_with('/') ? std::string(whole) : "/" + std::string(whole);
}

std::string url_encoded(std::string_view text) {
  return url_encoded(text, "-._~");
}

std::string url_encoded(std::string_view text, std::string_view kept) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) || kept.find(c) != std::string_view::npos)) {
      encoded += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X", byte);
      encoded += code;
    }
  }
  return encoded;
}

}  // namespace celldrift::http
