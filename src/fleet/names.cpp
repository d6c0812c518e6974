#include "fleet/names.hpp"

#include <algorithm>
#include <cstdint>

namespace celldrift::fleet {
namespace {

bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alphanumeric(char c) {
  return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

// Length of the character at the front; 1 for bytes that are not UTF-8, which Go replaces one by
// one.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first >= 0xf0 && first < 0xf5   ? 4
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xc2 && first < 0xe0 ? 2
                                                             : 1;
  if (length > text.size()) {
    return 1;
  }
  const bool continued =
      std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
      });
  return continued ? length : 1;
}

char normalized_character(std::string_view character) {
  if (character == "\u212a") {  // the Kelvin sign: its lower case is an ASCII k
    return 'k';
  }
  if (character == "\u0130") {  // the dotted capital I: Go's simple lower case is i
    return 'i';
  }
  if (character.size() > 1) {
    return '-';
  }
  const char c = character.front();
  if (c >= 'A' && c <= 'Z') {
    return static_cast<char>(c + ('a' - 'A'));
  }
  return is_lower_or_digit(c) || c == '.' ? c : '-';
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
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t length = character_length(rest);
    result += normalized_character(rest.substr(0, length));
    rest.remove_prefix(length);
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
