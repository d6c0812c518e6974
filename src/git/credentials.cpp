#include "git/credentials.hpp"

#include "celldrift/core/text.hpp"
#include "git/library.hpp"

#include <git2.h>

namespace celldrift::git {

namespace {

void erase_all(std::string& text, const std::string& secret) {
  constexpr std::string_view stars = "***";
  for (std::size_t at = text.find(secret); at != text.npos;
       at = text.find(secret, at + stars.size())) {
    text.replace(at, secret.size(), stars);
  }
}

}  // namespace

git_credential* Credentials::next(unsigned allowed) {
  const std::string user = url_.user.empty() ? "git" : url_.user;
  if ((allowed & GIT_CREDENTIAL_USERNAME) != 0) {
    git_credential* credential = nullptr;
    return git_credential_username_new(&credential, user.c_str()) == 0 ? credential : nullptr;
  }
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0) {
    return next_key(user);
  }
  const bool is_http = url_.scheme == "https" || url_.scheme == "http";
  return is_http && (allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0 ? next_password() : nullptr;
}

git_credential* Credentials::next_password() {
  if (next_password_ >= passwords().size()) {
    return nullptr;
  }
  const Password& password = passwords()[next_password_++];
  tried_.push_back(password.origin);
  git_credential* credential = nullptr;
  const int status = git_credential_userpass_plaintext_new(
      &credential, password.user.c_str(), password.secret.c_str());
  return status == 0 ? credential : nullptr;
}

// The agent is number 0.
git_credential* Credentials::next_key(const std::string& user) {
  git_credential* credential = nullptr;
  if (next_key_ == 0) {
    ++next_key_;
    if (has_agent() && git_credential_ssh_key_from_agent(&credential, user.c_str()) == 0) {
      tried_.emplace_back("the ssh agent");
      return credential;
    }
  }
  const SshKeys keys = ssh_keys();
  refused_ = keys.refused;
  if (next_key_ > keys.usable.size()) {
    return nullptr;
  }
  const std::string& path = keys.usable[next_key_++ - 1];
  tried_.push_back(path);
  return git_credential_ssh_key_new(&credential, user.c_str(), nullptr, path.c_str(), nullptr) == 0
             ? credential
             : nullptr;
}

std::string Credentials::advice() const {
  std::string text = tried_.empty() ? "it asks who we are" : "it refused " + join(tried_, ", ");
  if (!refused_.empty()) {
    text += " (" + join(refused_, ", ") + ")";
  }
  if (url_.scheme == "ssh") {
    return text + ": load a key into the ssh agent, or set CELLDRIFT_SSH_KEY to the path of one";
  }
  if (token_ == Token::withheld) {
    return text + ": CELLDRIFT_GIT_TOKEN is only for the hosts of the audited repository and of " +
           "--map; keep credentials for this one in ~/.git-credentials";
  }
  return text + ": set CELLDRIFT_GIT_TOKEN, and CELLDRIFT_GIT_USERNAME where it matters";
}

const std::vector<Password>& Credentials::passwords() const {
  if (!are_loaded_) {
    passwords_ = passwords_for(url_, token_);
    are_loaded_ = true;
  }
  return passwords_;
}

std::string Credentials::scrubbed(std::string text) const {
  for (const Password& password : passwords()) {
    if (!password.secret.empty()) {
      erase_all(text, password.secret);
    }
  }
  return text;
}

}  // namespace celldrift::git
