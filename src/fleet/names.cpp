#include "fleet/names.hpp"

#include "celldrift/core/utf8.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alphanumeric(char c) {
  return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

std::string_view without_slashes(std::string_view server) {
  while (server.ends_with('/')) {
    server.remove_suffix(1);
  }
  return server;
}

bool is_label_part(std::string_view part) {
  return !part.empty() && part.size() <= 63 && is_alphanumeric(part.front()) &&
         is_alphanumeric(part.back()) && std::ranges::all_of(part, [](char c) {
           return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
         });
}

bool is_dns_label(std::string_view part) {
  return !part.empty() && is_lower_or_digit(part.front()) && is_lower_or_digit(part.back()) &&
         std::ranges::all_of(part, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

}  // namespace

std::string normalized_name(std::string_view name) {
  std::string result;
  for (const char32_t point : utf8::points(utf8::lower(name))) {
    const bool allowed =
        point < 0x80 && (is_lower_or_digit(char(point)) || point == '-' || point == '.');
    result += allowed ? char(point) : '-';
  }
  result.resize(std::min<std::size_t>(result.size(), 253));
  const std::size_t begin = result.find_first_not_of("-.");
  const std::size_t end = result.find_last_not_of("-.");
  return begin == std::string::npos ? "" : result.substr(begin, end - begin + 1);
}

bool same_server(std::string_view a, std::string_view b) {
  return without_slashes(a) == without_slashes(b);
}

bool is_subdomain(std::string_view name) {
  if (name.empty() || name.size() > 253) {
    return false;
  }
  for (;;) {
    const std::size_t dot = name.find('.');
    if (!is_dns_label(name.substr(0, dot))) {
      return false;
    }
    if (dot == std::string_view::npos) {
      return true;
    }
    name.remove_prefix(dot + 1);
  }
}

bool is_label_key(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) {
    return is_label_part(key);
  }
  return is_subdomain(key.substr(0, slash)) && is_label_part(key.substr(slash + 1));
}

bool is_label_value(std::string_view value) {
  return value.empty() || is_label_part(value);
}

}  // namespace celldrift::fleet
