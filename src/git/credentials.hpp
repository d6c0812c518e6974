// Who we say that we are to a server: tried one after the other, none twice.
#pragma once

#include "celldrift/git/repository.hpp"
#include "git/url.hpp"

#include <string>
#include <string_view>
#include <vector>

struct git_credential;

namespace celldrift::git {

struct Password {
  std::string user;
  std::string secret;
  std::string origin;  // for messages: "CELLDRIFT_GIT_TOKEN"
};

// For https: the token of the environment where it is offered, the URL's own, then git's credential
// store.
std::vector<Password> passwords_for(const Url& url, Token token);
// Those of one store file (one URL with user and password a line) that are for this server and
// user.
std::vector<Password> passwords_in_store(std::string_view text,
                                         const Url& url,
                                         const std::string& origin);

struct SshKeys {
  std::vector<std::string> usable;   // paths of private keys
  std::vector<std::string> refused;  // "<path> needs a passphrase"
};
// CELLDRIFT_SSH_KEY, else the usual ones in ~/.ssh that exist.
SshKeys ssh_keys();
bool needs_passphrase(std::string_view key);
// Whether an ssh agent answers.
bool has_agent();

class Credentials {
 public:
  Credentials(Url url, Token token) : url_(std::move(url)), token_(token) {}

  // The next one that fits `allowed` (libgit2's bits); null when there is none left.
  git_credential* next(unsigned allowed);
  // "the server refused CELLDRIFT_GIT_TOKEN", "…: set CELLDRIFT_GIT_TOKEN": why it did not work
  // out.
  std::string advice() const;
  // Whether there is anything that a server elsewhere must not get.
  bool has_passwords() const { return !passwords().empty(); }
  // The text with all secrets taken out.
  std::string scrubbed(std::string text) const;

 private:
  const std::vector<Password>& passwords() const;
  git_credential* next_password();
  git_credential* next_key(const std::string& user);

  Url url_;
  Token token_;
  mutable std::vector<Password> passwords_;
  mutable bool are_loaded_ = false;
  std::size_t next_password_ = 0;
  std::size_t next_key_ = 0;
  std::vector<std::string> tried_;
  std::vector<std::string> refused_;
};

}  // namespace celldrift::git
