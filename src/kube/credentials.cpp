#include "kube/credentials.hpp"

#include "celldrift/core/text.hpp"
#include "kube/sign_in.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto token_file_lifetime = 10s;  // the kubelet replaces tokens long before they expire
constexpr auto failure_lifetime = 30s;
constexpr auto shortest_lifetime =
    10s;  // of what a plugin gives: one that is always late must not run forever
constexpr std::size_t max_token_bytes = 1u << 20;

// A line end in a header's value would let a token file add headers of its own.
std::string checked(std::string_view text, const std::string& what) {
  if (std::any_of(
          text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
    throw Error(ErrorCode::config, what + " has control characters in it");
  }
  return std::string(text);
}

}  // namespace

Credentials::Credentials(const Connection& connection) : connection_(connection) {}

std::shared_ptr<const Credential> Credentials::with_token(const std::string& token) const {
  Credential credential;
  credential.client_cert_pem = connection_.client_cert_pem;
  credential.client_key_pem = connection_.client_key_pem;
  if (!token.empty()) {
    credential.authorization = "Bearer " + checked(token, "the token");
  } else if (!connection_.username.empty() || !connection_.password.empty()) {
    credential.authorization =
        "Basic " + base64_encode(connection_.username + ":" + connection_.password);
  }
  return std::make_shared<const Credential>(std::move(credential));
}

// As in client-go the file wins over `token`, which serves where the file cannot be read.
void Credentials::read_token_file() {
  fresh_until_ = Clock::now() + token_file_lifetime;
  std::string token;
  try {
    token = trim(read_file(connection_.token_file, max_token_bytes));
  } catch (const Error& error) {
    if (connection_.token.empty() && !current_) {
      throw Error(ErrorCode::config, "cannot read the token file: " + error.message());
    }
  }
  if (!token.empty() || !current_) {
    current_ = with_token(token.empty() ? connection_.token : token);
  }
}

Credentials::View Credentials::look() {
  const std::lock_guard lock(mutex_);
  if (renewing_) {
    return {State::renewing, nullptr};
  }
  const bool fresh = !fresh_until_ || Clock::now() < *fresh_until_;
  if (failure_ && fresh) {
    throw Error(*failure_);
  }
  if (current_ && fresh) {
    return {State::ready, current_};
  }
  if (must_sign_in(connection_)) {
    renewing_ = true;
    return {State::stale, nullptr};
  }
  if (!connection_.token_file.empty()) {
    read_token_file();
  } else {
    current_ = with_token(connection_.token);
  }
  return {State::ready, current_};
}

void Credentials::renew(const std::atomic<bool>& cancelled) {
  std::shared_ptr<const Credential> renewed;
  std::optional<Clock::time_point> fresh_until;
  std::optional<Error> failure;
  try {
    const ExecCredential given = sign_in(connection_, cancelled);
    auto credential = std::make_shared<Credential>(*with_token(given.token));
    if (!given.client_cert_pem.empty()) {
      credential->client_cert_pem = given.client_cert_pem;
      credential->client_key_pem = given.client_key_pem;
    }
    renewed = credential;
    if (given.expires) {
      fresh_until = std::max<Clock::time_point>(*given.expires, Clock::now() + shortest_lifetime);
    }
  } catch (const Error& error) {
    failure = error;
    fresh_until = Clock::now() + failure_lifetime;
  }
  const std::lock_guard lock(mutex_);
  current_ = renewed;
  failure_ = failure;
  fresh_until_ = fresh_until;
  renewing_ = false;
}

bool Credentials::refuse(const std::shared_ptr<const Credential>& used) {
  const std::lock_guard lock(mutex_);
  if (renewing_ || current_ != used) {
    return true;  // somebody else was refused before, and it has been seen to
  }
  if (!connection_.token_file.empty()) {
    read_token_file();
    return current_->authorization != used->authorization;
  }
  if (must_sign_in(connection_)) {
    current_ = nullptr;
    return true;
  }
  return false;
}

}  // namespace celldrift::kube
