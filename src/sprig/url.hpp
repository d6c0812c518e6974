// URLs as Go's package net/url (Go 1.26) reads and writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace celldrift::sprig {

struct Url {
  struct User {
    std::string name;
    std::optional<std::string> password;
  };

  std::string scheme;
  std::string opaque;  // what follows "mailto:"
  std::optional<User> user;
  std::string host;      // with its port
  std::string path;      // unescaped
  std::string query;     // as it is written, without "?"
  std::string fragment;  // unescaped
};

// url.Parse. Throws Error(config) with its message: parse "x": ….
Url parse_url(std::string_view text);

// URL.String() of a URL made of these parts alone: path and fragment are escaped anew.
std::string url_text(const Url& url);
std::string user_text(const Url::User& user);
// The host without port and brackets.
std::string_view host_name(const Url& url);

}  // namespace celldrift::sprig
