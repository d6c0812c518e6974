#include "git/url.hpp"

#include "celldrift/git/repository.hpp"

#include <doctest/doctest.h>

namespace celldrift::git {

TEST_CASE("a URL is told from a path") {
  struct Case {
    std::string_view text;
    bool is_url;
  };
  const Case cases[] = {
      {"https://host/a/b", true},
      {"http://host/a", true},
      {"HTTPS://Host/a", true},
      {"ssh://git@host:2222/a.git", true},
      {"file:///srv/a.git", true},
      {"git@host:a/b.git", true},
      {"git@[::1]:a", true},
      {"/srv/a.git", false},
      {"./a", false},
      {"a/b@c:d", false},
      {"host:a", false},
      {"C:/a", false},
      {"git@host:", false},
      {"@host:a", false},
      {"ext::sh -c true", false},
      {"ftp://host/a", false},
      {"https:///a", false},
      {"https://host/a\r\nHeader: x", false},
      {"", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(is_url(c.text) == c.is_url);
  }
}

TEST_CASE("all ways to write a repository's URL are one") {
  struct Case {
    std::string_view url;
    std::string_view normal;
  };
  const Case cases[] = {
      {"https://github.com/Org/Repo.git", "github.com/org/repo"},
      {"https://github.com/org/repo", "github.com/org/repo"},
      {"https://github.com/org/repo/", "github.com/org/repo"},
      {"https://github.com/org/repo.git/", "github.com/org/repo"},
      {" https://github.com:443/org/repo ", "github.com/org/repo"},
      {"https://user:secret@GitHub.com/org/repo.git", "github.com/org/repo"},
      {"git@github.com:org/repo.git", "github.com/org/repo"},
      {"git@github.com:/org/repo.git", "github.com/org/repo"},
      {"ssh://git@github.com/org/repo", "github.com/org/repo"},
      {"ssh://git@github.com:22/org/repo.git", "github.com/org/repo"},
      // another port is another server
      {"ssh://git@github.com:2222/org/repo.git", "github.com:2222/org/repo"},
      {"git@[::1]:org/repo", "[::1]/org/repo"},
      {"ssh://git@[::1]:22/org/repo", "[::1]/org/repo"},
      {"file:///srv/git/repo.git", "/srv/git/repo"},
      {"/srv/git/repo.git/", "/srv/git/repo"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.url);
    CHECK(normalized_url(c.url) == c.normal);
    CHECK(normalized_url(normalized_url(c.url)) == c.normal);
  }
}

TEST_CASE("credentials are taken out of a URL") {
  struct Case {
    std::string_view url;
    std::string_view clean;
  };
  const Case cases[] = {
      {"https://user:secret@host/a", "https://host/a"},
      {"https://secret@host:8443/a.git", "https://host:8443/a.git"},
      {"https://user:se@cret@host/a", "https://host/a"},
      {"https://host/a?private_token=secret", "https://host/a"},
      {"https://host/a", "https://host/a"},
      // of ssh the user is a part of the address
      {"ssh://git:secret@host/a", "ssh://git@host/a"},
      {"git@host:a", "git@host:a"},
      {"ftp://user:secret@host/a@b", "ftp://host/a@b"},
      {"/srv/a@b:c", "/srv/a@b:c"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.url);
    CHECK(without_credentials(c.url) == c.clean);
    CHECK(without_credentials(c.url).find("secret") == std::string::npos);
  }
}

TEST_CASE("a URL's parts are decoded") {
  const auto url = parse_url("https://us%40er:p%2Fw@Host:8443/Path");
  REQUIRE(url);
  CHECK(url->user == "us@er");
  CHECK(url->password == "p/w");
  CHECK(url->host == "host");
  CHECK(url->port == "8443");
  CHECK(url->path == "/Path");
}

}  // namespace celldrift::git
