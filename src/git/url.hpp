// The parts of a repository's URL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::git {

struct Url {
  std::string scheme;     // lower case: https, http, ssh, file; ssh for the git@host:path form
  std::string user;       // decoded
  std::string password;   // decoded
  std::string host;       // lower case, in brackets if it is an IPv6 address
  std::string port;       // empty: the scheme's own
  std::string path;       // from the first "/" on; of git@host:path what is after the colon
  bool is_short = false;  // git@host:path
};

// Nothing for what is no URL: a local path.
std::optional<Url> parse_url(std::string_view text);

// The way back, without password; with the user only where it is part of the address (ssh).
std::string write_url(const Url& url);

// "%40" -> "@"; what is no escape stays.
std::string percent_decoded(std::string_view text);

}  // namespace celldrift::git
