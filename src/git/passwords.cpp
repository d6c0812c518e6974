#include "celldrift/core/environment.hpp"
#include "celldrift/core/text.hpp"
#include "git/credentials.hpp"
#include "git/library.hpp"

#include <filesystem>

namespace celldrift::git {

namespace {

constexpr std::size_t max_store_bytes = std::size_t{1} << 20;

// In the order in which git looks.
std::vector<std::string> store_files() {
  const std::string home = environment("HOME");
  std::string config = environment("XDG_CONFIG_HOME");
  if (config.empty() && !home.empty()) {
    config = home + "/.config";
  }
  std::vector<std::string> files;
  if (!home.empty()) {
    files.push_back(home + "/.git-credentials");
  }
  if (!config.empty()) {
    files.push_back(config + "/git/credentials");
  }
  return files;
}

// GitHub wants this user name for some of its tokens, the others take any.
constexpr std::string_view any_user = "x-access-token";

}  // namespace

std::vector<Password> passwords_in_store(std::string_view text,
                                         const Url& url,
                                         const std::string& origin) {
  std::vector<Password> passwords;
  for (const std::string_view line : split(text, '\n')) {
    const auto stored = parse_url(line);
    if (!stored || stored->scheme != url.scheme || stored->host != url.host ||
        stored->port != url.port) {
      continue;
    }
    const bool fits = url.user.empty() || url.user == stored->user;
    if (fits && !stored->password.empty()) {
      passwords.push_back({stored->user, stored->password, origin});
    }
  }
  return passwords;
}

std::vector<Password> passwords_for(const Url& url, Token offer) {
  std::vector<Password> passwords;
  if (url.scheme != "https" && url.scheme != "http") {
    return passwords;
  }
  if (const std::string token = environment("CELLDRIFT_GIT_TOKEN");
      offer == Token::offered && !token.empty()) {
    const std::string user = environment("CELLDRIFT_GIT_USERNAME");
    passwords.push_back(
        {user.empty() ? std::string(any_user) : user, token, "CELLDRIFT_GIT_TOKEN"});
  }
  if (!url.user.empty() && !url.password.empty()) {
    passwords.push_back({url.user, url.password, "the URL's own password"});
  } else if (!url.user.empty() && passwords.empty()) {
    passwords.push_back({url.user, "", "the URL's own user"});  // https://<token>@host
  }
  for (const std::string& file : store_files()) {
    std::error_code error;
    if (std::filesystem::is_regular_file(file, error)) {
      auto stored = passwords_in_store(read_file(file, max_store_bytes), url, file);
      passwords.insert(passwords.end(), stored.begin(), stored.end());
    }
  }
  return passwords;
}

}  // namespace celldrift::git
