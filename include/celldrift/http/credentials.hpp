// What requests to one server carry to say who asks.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace celldrift::http {

// Keys that each request is signed with: AWS Signature Version 4, of a service in a region.
struct AwsSigning {
  std::string key_id;
  std::string secret_key;
  std::string session_token;  // "" for keys that do not expire
  std::string region;
  std::string service;
};

struct Credential {
  std::string authorization;  // the header's value; "" for none
  std::string client_cert_pem;
  std::string client_key_pem;
  std::optional<AwsSigning> aws = std::nullopt;  // in place of `authorization`
};

// Thread-safe. An edge: kube's can be renewed, others are fixed.
class Credentials {
 public:
  virtual ~Credentials() = default;

  enum class State {
    ready,     // use `credential`
    stale,     // call renew(); it is now up to the caller, others are told `renewing`
    renewing,  // ask again later
  };
  struct View {
    State state = State::ready;
    std::shared_ptr<const Credential> credential;
  };
  // Never waits. Throws an Error when there are none to be had.
  virtual View look() = 0;

  // May take long; the caller runs it on a thread of its own.
  virtual void renew(const std::atomic<bool>& cancelled) = 0;

  // The server did not take `used` (401). True when there is, or soon will be, something else to
  // try.
  virtual bool refuse(const std::shared_ptr<const Credential>& used) = 0;
};

// Always the same. Throws Error(config) for what has control characters, which could add headers of
// its own, and for a region or service that is no name.
std::unique_ptr<Credentials> fixed(Credential credential);

}  // namespace celldrift::http
