#include "git/url.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"
#include "git/library.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace celldrift::git {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> schemes{
    {{"https", "443"}, {"http", "80"}, {"ssh", "22"}, {"file", ""}}};

const std::pair<std::string_view, std::string_view>* find_scheme(std::string_view name) {
  const auto* found =
      std::ranges::find(schemes, name, [](const auto& scheme) { return scheme.first; });
  return found == schemes.end() ? nullptr : found;
}

// "user:password" before the last "@": a password may have an "@" that nobody escaped.
std::string_view take_user(std::string_view authority, Url& url) {
  const std::size_t at = authority.rfind('@');
  if (at == authority.npos) {
    return authority;
  }
  const std::string_view user = authority.substr(0, at);
  const std::size_t colon = user.find(':');
  url.user = percent_decoded(user.substr(0, colon));
  url.password = colon == user.npos ? "" : percent_decoded(user.substr(colon + 1));
  return authority.substr(at + 1);
}

void take_host(std::string_view authority, Url& url) {
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = bracket == authority.npos ? bracket : authority.find(':', bracket);
  url.host = lower(authority.substr(0, colon));
  url.port = colon == authority.npos ? "" : std::string(authority.substr(colon + 1));
  if (const auto* scheme = find_scheme(url.scheme);
      scheme != nullptr && scheme->second == url.port) {
    url.port.clear();
  }
}

std::optional<Url> parse_long(std::string_view text, std::size_t scheme_end) {
  Url url;
  url.scheme = lower(text.substr(0, scheme_end));
  if (find_scheme(url.scheme) == nullptr) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(scheme_end + 3);
  if (url.scheme != "file") {
    rest = rest.substr(
        0, rest.find_first_of("?#"));  // no part of a repository's address; may hold a token
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  take_host(take_user(rest.substr(0, slash), url), url);
  url.path = rest.substr(slash);
  if (url.scheme != "file" && url.host.empty()) {
    return std::nullopt;
  }
  return url;
}

// git@host:path. Without a user it could as well be a local file's name.
std::optional<Url> parse_short(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == text.npos || at == 0) {
    return std::nullopt;
  }
  const std::size_t bracket = text.find(']', at);
  const bool in_brackets = text.substr(at + 1).starts_with('[') && bracket != text.npos;
  const std::size_t colon = text.find(':', in_brackets ? bracket : at);
  if (colon == text.npos || text.find('/') < colon || colon == at + 1 || colon + 1 == text.size()) {
    return std::nullopt;
  }
  Url url;
  url.scheme = "ssh";
  url.is_short = true;
  url.user = text.substr(
      0, std::min(text.find(':'), at));  // user:password@ is not git's, but people try it
  url.host = lower(text.substr(at + 1, colon - at - 1));
  url.path = text.substr(colon + 1);
  return url;
}

std::string_view without_slashes(std::string_view path) {
  while (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path;
}

std::string_view without_suffix(std::string_view path) {
  path = without_slashes(path);
  if (path.ends_with(".git")) {
    path.remove_suffix(4);
  }
  return without_slashes(path);
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text.substr(i + 1, 2))) {
      decoded += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::optional<Url> parse_url(std::string_view text) {
  text = trim(text);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(text, is_control)) {
    return std::nullopt;
  }
  const std::size_t scheme_end = text.find("://");
  return scheme_end == text.npos ? parse_short(text) : parse_long(text, scheme_end);
}

std::string write_url(const Url& url) {
  const bool has_user = url.scheme == "ssh" && !url.user.empty();
  const std::string host = (has_user ? url.user + "@" : "") + url.host;
  if (url.is_short) {
    return host + ":" + url.path;
  }
  return url.scheme + "://" + host + (url.port.empty() ? "" : ":" + url.port) + url.path;
}

bool is_url(std::string_view repo) {
  return parse_url(repo).has_value();
}

std::string normalized_url(std::string_view url) {
  const std::string_view text = trim(url);
  const auto parts = parse_url(text);
  if (!parts) {
    return lower(without_suffix(text));
  }
  std::string_view path = parts->path;
  if (parts->host.empty()) {
    return lower(without_suffix(path));
  }
  while (path.starts_with('/')) {
    path.remove_prefix(1);
  }
  const std::string address = parts->host + (parts->port.empty() ? "" : ":" + parts->port);
  return lower(without_suffix(address + "/" + std::string(path)));
}

std::string host_of(std::string_view url) {
  const auto parts = parse_url(url);
  if (!parts || parts->host.empty()) {
    return "";
  }
  return parts->host + (parts->port.empty() ? "" : ":" + parts->port);
}

std::string without_credentials(std::string_view url) {
  if (const auto parts = parse_url(url)) {
    return write_url(*parts);
  }
  // A scheme that is not ours can have a password all the same.
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == url.npos) {
    return std::string(url);
  }
  const std::string_view rest = url.substr(scheme_end + 3);
  const std::size_t at = rest.substr(0, rest.find('/')).rfind('@');
  return std::string(url.substr(0, scheme_end + 3)) +
         std::string(rest.substr(at == rest.npos ? 0 : at + 1));
}

}  // namespace celldrift::git
