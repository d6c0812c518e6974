#include "services/go_url.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"

#include <algorithm>
#include <cctype>

namespace celldrift::services {
namespace {

constexpr std::string_view segment_characters = "-_.~$&+:=@";  // encodePathSegment
constexpr std::string_view path_characters = "-_.~$&+,/:;=@";  // encodePath
constexpr std::string_view literal_characters = "!'()*[]";     // kept where a URL has them

bool alphanumeric(unsigned char c) {
  return c < 0x80 && std::isalnum(c);
}

std::string query_text(std::string_view text) {
  std::string result = http::url_encoded(text, "-_.~ ");
  std::replace(result.begin(), result.end(), ' ', '+');
  return result;
}

// What decodes to itself, with "%" where two hexadecimal digits follow.
bool literal(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool code = text[i] == '%';
    if (!code && !alphanumeric(byte) && path_characters.find(text[i]) == std::string_view::npos &&
        literal_characters.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool broken_code(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[at + 1])) ||
        !std::isxdigit(static_cast<unsigned char>(text[at + 2]))) {
      return true;
    }
  }
  return false;
}

bool leads_elsewhere(std::string_view text) {
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (text.find_first_of("?#") != std::string_view::npos || broken_code(text) ||
      std::any_of(text.begin(), text.end(), control)) {
    return true;
  }
  const auto parts = split(text, '/');
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    const std::string plain = lower(part);
    return plain == "." || plain == ".." || plain.find("%2e") != std::string::npos;
  });
}

int hex_digit(char c) {
  return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

std::string query_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && !broken_code(text.substr(i, 3))) {
      result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

}  // namespace

std::string path_segment(std::string_view text) {
  return http::url_encoded(text, segment_characters);
}

std::string path_text(std::string_view text) {
  std::vector<std::string> kept;
  const auto parts = split(text, '/');
  for (const std::string_view part : parts) {
    if (part != ".") {
      kept.push_back(http::url_encoded(part, path_characters));
    }
  }
  const bool ends_in_dot = parts.back() == ".";
  return join(kept, "/") + (ends_in_dot ? "/" : "");
}

std::string raw_path(std::string_view text) {
  if (leads_elsewhere(text)) {
    throw Error(ErrorCode::config, "\"" + printable(text) + "\" cannot be a part of a URL's path");
  }
  if (literal(text)) {
    return std::string(text);
  }
  // "%" is a code already; all others are encoded around it
  return http::url_encoded(text, "-_.~$&+,/:;=@%");
}

std::string query(Parameters parameters) {
  std::stable_sort(parameters.begin(), parameters.end(), [](const auto& a, const auto& b) {
    return a.first < b.first;
  });
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += (text.empty() ? "?" : "&") + query_text(name) + "=" + query_text(value);
  }
  return text;
}

std::string parameter_of(std::string_view url, std::string_view name) {
  const std::size_t mark = url.find('?');
  if (mark == std::string_view::npos) {
    return "";
  }
  const std::string_view whole = url.substr(mark + 1);
  for (const std::string_view part : split(whole.substr(0, whole.find('#')), '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    if (query_decoded(part.substr(0, equals)) == name) {
      return query_decoded(part.substr(std::min(equals + 1, part.size())));
    }
  }
  return "";
}

}  // namespace celldrift::services
