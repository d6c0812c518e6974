// What requests to one server carry to say who asks.
#pragma once

#include <atomic>
#include <memory>
#include <string>

namespace celldrift::http {

struct Credential {
  std::string authorization;  // the header's value; "" for none
  std::string client_cert_pem;
  std::string client_key_pem;
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

// Always the same. Throws Error(config) for an authorization with control characters, which could
// add headers of its own.
std::unique_ptr<Credentials> fixed(Credential credential);

}  // namespace celldrift::http
