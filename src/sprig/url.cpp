#include "sprig/url.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/ip_address.hpp"
#include "sprig/url_escape.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What precedes the first `separator`; `rest` becomes what follows it.
std::string_view cut(std::string_view& rest, char separator) {
  const auto place = rest.find(separator);
  const auto before = rest.substr(0, place);
  rest = place == std::string_view::npos ? std::string_view{} : rest.substr(place + 1);
  return before;
}

std::string_view take_scheme(std::string_view& rest) {
  const auto end = std::ranges::find_if_not(
      rest, [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  const auto length = std::size_t(end - rest.begin());
  if (end == rest.end() || *end != ':' || (length > 0 && !is_letter(rest.front()))) {
    return {};
  }
  if (length == 0) {
    fail("missing protocol scheme");
  }
  return cut(rest, ':');
}

bool is_optional_port(std::string_view text) {
  return text.empty() || (text.front() == ':' && std::ranges::all_of(text.substr(1), is_digit));
}

void require_optional_port(std::string_view text) {
  if (!is_optional_port(text)) {
    fail("invalid port " + gotemplate::quote(text) + " after host");
  }
}

// "[fe80::1%25en0]:80"
std::string read_bracketed_host(std::string_view host) {
  const auto end = host.rfind(']');
  if (end == std::string_view::npos) {
    fail("missing ']' in host");
  }
  require_optional_port(host.substr(end + 1));
  const auto name = host.substr(1, end - 1);
  const auto zone = std::min(name.find("%25"), name.size());
  const auto address = url_unescape(name.substr(0, zone), UrlPart::host) +
                       url_unescape(name.substr(zone), UrlPart::zone);
  bool is_v4 = false;
  try {
    is_v4 = parse_ip_address(address).is_v4;
  } catch (const Error& error) {
    fail("invalid host: " + error.message());
  }
  if (is_v4) {
    fail("invalid IP-literal");
  }
  return "[" + address + "]" + std::string(host.substr(end + 1));
}

std::string read_host(std::string_view scheme, std::string_view host) {
  const auto bracket = host.rfind('[');
  if (bracket == 0) {
    return read_bracketed_host(host);
  }
  if (bracket != std::string_view::npos) {
    fail("invalid IP-literal");
  }
  // Databases' lists of hosts ("postgres://a:1,b:2") are let through, but not in http URLs.
  const bool is_strict = scheme == "http" || scheme == "https";
  const auto colon = is_strict ? host.find(':') : host.rfind(':');
  if (colon != std::string_view::npos) {
    require_optional_port(host.substr(colon));
  }
  return url_unescape(host, UrlPart::host);
}

Url::User read_user(std::string_view text) {
  const auto is_valid = [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("-._:~!$&'()*+,;=%@").find(c) != std::string_view::npos;
  };
  if (!std::ranges::all_of(text, is_valid)) {
    fail("net/url: invalid userinfo");
  }
  const bool has_password = text.find(':') != std::string_view::npos;
  const auto name = cut(text, ':');
  Url::User user{.name = url_unescape(name, UrlPart::user)};
  if (has_password) {
    user.password = url_unescape(text, UrlPart::user);
  }
  return user;
}

void read_authority(std::string_view text, Url& url) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) {
    url.host = read_host(url.scheme, text);
    return;
  }
  url.host = read_host(url.scheme, text.substr(at + 1));
  url.user = read_user(text.substr(0, at));
}

// "this:that" would be a scheme.
bool has_colon_in_first_segment(std::string_view path) {
  return cut(path, '/').find(':') != std::string_view::npos;
}

Url parse_without_fragment(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; };
  if (std::ranges::any_of(text, is_control)) {
    fail("net/url: invalid control character in URL");
  }
  Url url;
  auto query = text;
  url.scheme = lower(take_scheme(query));
  auto rest = cut(query, '?');
  url.query = query;
  if (!rest.starts_with('/')) {
    if (!url.scheme.empty()) {
      url.opaque = rest;
      return url;
    }
    if (has_colon_in_first_segment(rest)) {
      fail("first path segment in URL cannot contain colon");
    }
  }
  if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
    rest.remove_prefix(2);
    const auto end = std::min(rest.find('/'), rest.size());
    read_authority(rest.substr(0, end), url);
    rest.remove_prefix(end);
  }
  url.path = url_unescape(rest, UrlPart::path);
  return url;
}

template <typename Parse>
auto name_in_errors(std::string_view text, Parse parse) {
  try {
    return parse();
  } catch (const Error& error) {
    fail("parse " + gotemplate::quote(text) + ": " + error.message());
  }
}

}  // namespace

Url parse_url(std::string_view text) {
  auto fragment = text;
  const auto before = cut(fragment, '#');
  auto url = name_in_errors(before, [&] { return parse_without_fragment(before); });
  url.fragment = name_in_errors(text, [&] { return url_unescape(fragment, UrlPart::fragment); });
  return url;
}

std::string user_text(const Url::User& user) {
  auto text = url_escape(user.name, UrlPart::user);
  if (user.password) {
    text += ":" + url_escape(*user.password, UrlPart::user);
  }
  return text;
}

std::string_view host_name(const Url& url) {
  std::string_view host = url.host;
  const auto colon = host.rfind(':');
  if (colon != std::string_view::npos && is_optional_port(host.substr(colon))) {
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  return host;
}

namespace {

std::string authority_text(const Url& url) {
  std::string text;
  if (!url.host.empty() || !url.path.empty() || url.user) {
    text += "//";
  }
  if (url.user) {
    text += user_text(*url.user) + "@";
  }
  return text + url_escape(url.host, UrlPart::host);
}

std::string hierarchy_text(const Url& url) {
  std::string text;
  if (!url.scheme.empty() || !url.host.empty() || url.user) {
    text += authority_text(url);
  }
  const auto path = url.path == "*" ? "*" : url_escape(url.path, UrlPart::path);
  if (!path.empty() && path.front() != '/' && !url.host.empty()) {
    text += '/';
  }
  if (text.empty() && url.scheme.empty() && has_colon_in_first_segment(path)) {
    text += "./";
  }
  return text + path;
}

}  // namespace

std::string url_text(const Url& url) {
  std::string text;
  if (!url.scheme.empty()) {
    text += url.scheme + ":";
  }
  text += url.opaque.empty() ? hierarchy_text(url) : url.opaque;
  if (!url.query.empty()) {
    text += "?" + url.query;
  }
  if (!url.fragment.empty()) {
    text += "#" + url_escape(url.fragment, UrlPart::fragment);
  }
  return text;
}

}  // namespace celldrift::sprig
