#include "observe/hiding/looks.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace celldrift::observe {
namespace {

// Keys that say what something is or where, as in Argo CD's cluster Secrets.
constexpr std::string_view public_keys[] = {"ca.crt",
                                            "tls.crt",
                                            "namespace",
                                            "host",
                                            "hostname",
                                            "server",
                                            "port",
                                            "name",
                                            "type",
                                            "region",
                                            "project",
                                            "env",
                                            "environment",
                                            "image"};

constexpr std::string_view ordinary_keys[] = {"username",
                                              "user",
                                              "login",
                                              "email",
                                              "database",
                                              "dbname",
                                              "db",
                                              "url",
                                              "uri",
                                              "issuer",
                                              "zone",
                                              "bucket",
                                              "realm",
                                              "tenant",
                                              "endpoint",
                                              "cluster"};

constexpr std::string_view everyday[] = {
    "production", "development", "staging",       "preproduction", "disabled", "enabled",
    "localhost",  "postgres",    "postgresql",    "username",      "password", "internal",
    "external",   "undefined",   "kubernetes",    "in-cluster",    "rabbitmq", "opensource",
    "readonly",   "readwrite",   "mariadb-server"};

// The same of fewer than eight bytes.
constexpr std::string_view short_everyday[] = {
    "false",  "admin",  "guest", "default", "master", "public",  "private", "secret",  "mysql",
    "redis",  "mongo",  "nginx", "latest",  "stable", "enabled", "primary", "replica", "service",
    "system", "config", "debug", "error",   "local",  "always",  "never",   "backend", "token"};

constexpr std::string_view telling_parts[] = {
    "pass", "pwd", "secret", "token", "apikey", "api_key", "api-key", "private", "credential"};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_certificate(std::string_view text) {
  return text.starts_with("-----BEGIN CERTIFICATE") &&
         text.find("PRIVATE KEY") == std::string_view::npos;
}

// Times have several spellings that are equal.
bool is_time(std::string_view text) {
  return text.size() >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
         text[13] == ':' && std::all_of(text.begin(), text.begin() + 4, is_digit);
}

// The API server writes such a quantity in another way: "10000000" as "10M".
bool is_round_number(std::string_view text) {
  return text.ends_with("000") && std::ranges::all_of(text, is_digit);
}

constexpr std::string_view separators = "-._/:@ ,";

// A part without separators. Words, numbers, "v1", "http2", "app01" and "1st" are not random.
bool is_random(std::string_view part) {
  const auto digits = std::size_t(std::ranges::count_if(part, is_digit));
  const auto lowers = std::size_t(std::ranges::count_if(part, is_lower));
  const auto uppers = std::size_t(std::ranges::count_if(part, is_upper));
  if (digits + lowers + uppers != part.size()) {
    return true;
  }
  if (digits == 0 || digits == part.size()) {
    return false;
  }
  const auto tail = part.find_last_not_of("0123456789") + 1;
  const auto head = part.find_first_not_of("0123456789");
  const bool numbered_word = part.size() - tail == digits && (digits <= 2 || tail == 1);
  const bool ordinal = head == digits && part.size() - head <= 2;
  return !numbered_word && !ordinal;
}

}  // namespace

Looks looks(std::string_view text) {
  if (text.size() < least_secret_bytes || is_certificate(text) || is_time(text) ||
      is_round_number(text) || std::ranges::find(everyday, text) != std::end(everyday)) {
    return Looks::public_text;
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (is_random(text.substr(0, end))) {
      return Looks::random;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return Looks::words;
}

bool may_be_short_password(std::string_view text) {
  return text.size() >= least_password_bytes && text.size() < least_secret_bytes &&
         !std::ranges::all_of(text, is_digit) &&
         std::ranges::find(short_everyday, lower(text)) == std::end(short_everyday);
}

bool is_telling(std::string_view name) {
  const std::string text = lower(name);
  return std::ranges::any_of(telling_parts,
                             [&](std::string_view part) { return text.find(part) != text.npos; });
}

std::optional<KnownSecrets::Tells> tells(std::string_view key) {
  const std::string name = lower(key);
  if (std::ranges::find(public_keys, name) != std::end(public_keys)) {
    return std::nullopt;
  }
  if (std::ranges::find(ordinary_keys, name) != std::end(ordinary_keys)) {
    return KnownSecrets::Tells::ordinary;
  }
  return is_telling(name) ? KnownSecrets::Tells::password : KnownSecrets::Tells::secret;
}

}  // namespace celldrift::observe
