// NormalizeGitURL of Argo CD: what it compares repositories by. Apart from normalized_url(), it
// tells schemes, users and ports apart.
#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::git {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_escape(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && is_hex_digit(text[at + 1]) && is_hex_digit(text[at + 2]);
}

// "^(ssh://)?([^/:]*?)@[^@]+$"
bool is_ssh(std::string_view url) {
  const std::string_view rest = url.starts_with("ssh://") ? url.substr(6) : url;
  const std::size_t at = rest.find('@');
  return at != rest.npos && rest.substr(0, at).find_first_of("/:") == rest.npos &&
         at + 1 < rest.size() && rest.find('@', at + 1) == rest.npos &&
         rest.find('\n') == rest.npos;
}

bool is_unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~';
}

// What net/url writes unescaped in a path.
bool is_plain_in_path(char c) {
  return is_unreserved(c) || std::string_view("$&+,/:;=@").find(c) != std::string_view::npos;
}

bool is_valid_in_path(char c) {
  return is_plain_in_path(c) || std::string_view("!'()*[]%").find(c) != std::string_view::npos;
}

std::string escaped(std::string_view text, bool (*is_plain)(char)) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_plain(c)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

// Nothing for "%" without two digits.
std::optional<std::string> unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    if (!is_escape(text, i)) {
      return std::nullopt;
    }
    result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return result;
}

// A path as net/url reads and writes it: as it was, when that is a valid encoding.
std::optional<std::string> path_of(std::string_view text) {
  const auto plain = unescaped(text);
  if (!plain) {
    return std::nullopt;
  }
  return std::ranges::all_of(text, is_valid_in_path) ? std::string(text)
                                                     : escaped(*plain, is_plain_in_path);
}

// The scheme and the colon behind it; "" where there is none. Nothing for ":x".
std::optional<std::string_view> scheme_of(std::string_view url) {
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    if (is_letter(c)) {
      continue;
    }
    if (is_digit(c) || c == '+' || c == '-' || c == '.') {
      if (i == 0) {
        return "";
      }
      continue;
    }
    if (c == ':') {
      return i == 0 ? std::nullopt : std::optional(url.substr(0, i + 1));
    }
    return "";
  }
  return "";
}

bool is_valid_in_host(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || is_unreserved(c) ||
         std::string_view("!$&'()*+,;=:[]<>\"").find(c) != std::string_view::npos;
}

bool is_port(std::string_view text) {
  return text.empty() || (text.front() == ':' && std::ranges::all_of(text.substr(1), is_digit));
}

// Nothing for a host that net/url refuses. Escapes in hosts are left out: Argo CD's users have
// none.
std::optional<std::string> host_text(std::string_view host) {
  const std::size_t bracket = host.find(']');
  if (host.starts_with('[') != (bracket != host.npos)) {
    return std::nullopt;
  }
  const std::size_t colon = host.starts_with('[') ? bracket + 1 : host.rfind(':');
  if (colon < host.size() && !is_port(host.substr(colon))) {
    return std::nullopt;
  }
  if (!std::ranges::all_of(host, is_valid_in_host)) {
    return std::nullopt;
  }
  return std::string(host);
}

bool is_plain_in_user(char c) {
  return is_unreserved(c) || std::string_view("$&+,;=").find(c) != std::string_view::npos;
}

bool is_valid_in_user(char c) {
  return is_unreserved(c) ||
         std::string_view("-._:~!$&'()*+,;=%@").find(c) != std::string_view::npos;
}

// "user:password@" as net/url writes it again.
std::optional<std::string> user_text(std::string_view user) {
  if (!std::ranges::all_of(user, is_valid_in_user)) {
    return std::nullopt;
  }
  const std::size_t colon = user.find(':');
  const auto name = unescaped(user.substr(0, colon));
  const auto password = unescaped(colon == user.npos ? "" : user.substr(colon + 1));
  if (!name || !password) {
    return std::nullopt;
  }
  return escaped(*name, is_plain_in_user) +
         (colon == user.npos ? "" : ":" + escaped(*password, is_plain_in_user)) + "@";
}

std::optional<std::string> authority_of(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const auto host = host_text(at == text.npos ? text : text.substr(at + 1));
  const auto user =
      at == text.npos ? std::optional<std::string>("") : user_text(text.substr(0, at));
  return host && user ? std::optional(*user + *host) : std::nullopt;
}

// Parse(text).String(); nothing for what Parse refuses.
std::optional<std::string> parsed(std::string_view text) {
  if (std::ranges::any_of(
          text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    return std::nullopt;
  }
  const std::size_t hash = text.find('#');
  const std::string_view fragment = hash == text.npos ? "" : text.substr(hash);
  text = text.substr(0, hash);
  const auto scheme = scheme_of(text);
  if (!scheme) {
    return std::nullopt;
  }
  std::string_view rest = text.substr(scheme->size());
  const std::size_t question = rest.find('?');
  const std::string_view query = question == rest.npos ? "" : rest.substr(question);
  rest = rest.substr(0, question);
  const std::string tail = std::string(query) + std::string(fragment.size() > 1 ? fragment : "");
  if (!rest.starts_with('/')) {
    if (!scheme->empty()) {
      return std::string(*scheme) + std::string(rest) + tail;  // opaque
    }
    if (rest.substr(0, rest.find('/')).find(':') != rest.npos) {
      return std::nullopt;
    }
  }
  std::string start(*scheme);
  if (rest.starts_with("//") && (!scheme->empty() || !rest.starts_with("///"))) {
    rest = rest.substr(2);
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const auto authority = authority_of(rest.substr(0, slash));
    if (!authority) {
      return std::nullopt;
    }
    start += "//" + *authority;
    rest = rest.substr(slash);
  }
  const auto path = path_of(rest);
  return path ? std::optional(start + *path + tail) : std::nullopt;
}

}  // namespace

std::string argo_url(std::string_view url) {
  std::string text = lower(trim(url));
  if (is_ssh(text) && !text.starts_with("ssh://")) {
    if (const std::size_t colon = text.find(':'); colon != text.npos) {
      text[colon] = '/';
    }
    text = "ssh://" + text;
  }
  if (text.ends_with(".git")) {
    text.resize(text.size() - 4);
  }
  const std::string normal = parsed(text).value_or("");
  return normal.starts_with("ssh://") ? normal.substr(6) : normal;
}

}  // namespace celldrift::git
