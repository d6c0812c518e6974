#include "cli/url_meanings.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>

namespace celldrift::cli {
namespace {

using Map = std::map<std::string, std::string>;

TEST_CASE("a URL means what is mapped to it, however it is written") {
  const UrlMeanings urls(Map{{"https://git.example.com/a.git", "/local/a"}});
  REQUIRE(urls.of("git@git.example.com:a").location != nullptr);
  CHECK(*urls.of("git@git.example.com:a").location == "/local/a");
  CHECK(urls.of("https://git.example.com/b").location == nullptr);
}

TEST_CASE("the remotes of the audited repository are its addresses") {
  UrlMeanings urls(Map{});
  CHECK_FALSE(urls.of("https://git.example.com/a").is_audited);
  urls.add_remote("ssh://git@git.example.com/a.git");
  CHECK(urls.of("https://git.example.com/a").is_audited);
  CHECK_FALSE(urls.of("https://git.example.com/b").is_audited);
}

TEST_CASE("a repository without remotes is taken for the only one that is asked for") {
  UrlMeanings urls(Map{{"https://git.example.com/mapped", "/local"}});
  urls.assume({"https://git.example.com/mapped"});
  CHECK_FALSE(urls.of("https://git.example.com/a").is_audited);
  urls.assume({"https://git.example.com/a", "git@git.example.com:a.git"});
  CHECK(urls.of("https://git.example.com/a").is_audited);
  urls.assume({"https://git.example.com/b"});
  CHECK_FALSE(urls.of("https://git.example.com/b").is_audited);
}

TEST_CASE("nothing is assumed where several repositories are asked for, or one has remotes") {
  UrlMeanings several(Map{});
  several.assume({"https://git.example.com/a", "https://git.example.com/b"});
  several.assume({"https://git.example.com/a"});
  CHECK_FALSE(several.of("https://git.example.com/a").is_audited);

  UrlMeanings with_remotes(Map{});
  with_remotes.add_remote("https://git.example.com/a");
  with_remotes.assume({"https://git.example.com/b"});
  CHECK_FALSE(with_remotes.of("https://git.example.com/b").is_audited);
}

}  // namespace
}  // namespace celldrift::cli
