#include "observe/hiding/inner_secrets.hpp"

#include "observe/hiding/encodings.hpp"
#include "observe/hiding/looks.hpp"

#include <algorithm>

namespace celldrift::observe {
namespace {

constexpr std::size_t most_bytes = 64u << 10;
constexpr std::string_view statement_ends = "\n\r{},;";
constexpr std::string_view around_names = " \t\"'-";
constexpr std::string_view around_values = " \t\"'";

std::string_view trimmed(std::string_view text, std::string_view what) {
  const std::size_t start = std::min(text.find_first_not_of(what), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(what) + 1);
}

// `"db.password": "x"`, `export DB_PASSWORD=x`.
void assigned(std::string_view statement, std::vector<std::string>& found) {
  const std::size_t at = statement.find_first_of("=:");
  if (at == statement.npos || !is_telling(trimmed(statement.substr(0, at), around_names))) {
    return;
  }
  const std::string_view value = trimmed(statement.substr(at + 1), around_values);
  if (!value.empty()) {
    found.emplace_back(value);
  }
}

// What stands between the user and the host.
void password_of(std::string_view url, std::vector<std::string>& found) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) {
    return;
  }
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?# \t\n\"'"));
  const std::size_t at = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (at == authority.npos || colon >= at) {
    return;
  }
  const std::string_view password = authority.substr(colon + 1, at - colon - 1);
  found.emplace_back(password);
  std::string decoded;
  if (from_percents(password, decoded)) {
    found.push_back(decoded);
  }
}

}  // namespace

std::vector<std::string> inner_secrets(std::string_view value) {
  std::vector<std::string> found;
  if (value.size() > most_bytes) {
    return found;
  }
  for (std::size_t at = value.find("://"); at != value.npos; at = value.find("://", at + 3)) {
    password_of(value.substr(at), found);
  }
  while (!value.empty()) {
    const std::size_t end = std::min(value.find_first_of(statement_ends), value.size());
    assigned(value.substr(0, end), found);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return found;
}

}  // namespace celldrift::observe
